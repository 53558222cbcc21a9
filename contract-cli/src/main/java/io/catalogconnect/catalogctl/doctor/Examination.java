package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.resource.Desired;
import java.util.ArrayList;
import java.util.List;

/** Checks the environment of a contract. A service that does not answer is a failure; the others are still checked. */
public record Examination(Desired desired, Services services) {
    /** Runs all checks. */
    public List<Diagnosis> run() throws InterruptedException {
        List<Diagnosis> found = new ArrayList<>();
        examine(new WorkerChecks(desired, services.workers()), found);
        examine(new TopicChecks(desired, services.topics()), found);
        examine(new TableChecks(desired, services.tables()), found);
        examine(new AccessChecks(desired, services), found);
        return found;
    }

    private static void examine(Checks checks, List<Diagnosis> found) throws InterruptedException {
        try {
            checks.run(found);
        } catch (LiveException e) {
            found.add(Diagnosis.failure(String.valueOf(e.getMessage()), ""));
        }
    }
}
