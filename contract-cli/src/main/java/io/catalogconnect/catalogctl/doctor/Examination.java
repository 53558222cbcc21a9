package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.Service;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the environment of a contract; a retired one needs nothing. A service that does not answer is one failure; the others are
 * still checked.
 */
public record Examination(Desired desired, Services services) {
    /** Runs all checks. */
    public List<Diagnosis> run() throws InterruptedException {
        List<Diagnosis> found = new ArrayList<>();
        if (desired.isRetired()) {
            found.add(Diagnosis.ok("The status of the contract is retired, so it needs nothing."));
            return found;
        }
        Set<Service> silent = EnumSet.noneOf(Service.class);
        for (Examined examined : List.of(
                new Examined(Service.CONNECT, new WorkerChecks(desired, services.workers())),
                new Examined(Service.KAFKA, new TopicChecks(desired, services.topics())),
                new Examined(Service.BIGQUERY, new TableChecks(desired, services.tables())),
                new Examined(Service.BIGQUERY, new GrantChecks(desired, services.tables())),
                new Examined(Service.KAFKA, new AclChecks(desired, services.acls())))) {
            if (silent.contains(examined.service())) {
                continue;
            }
            try {
                examined.checks().run(found);
            } catch (LiveException e) {
                silent.add(examined.service());
                found.add(Diagnosis.failure(
                        String.valueOf(e.getMessage()), examined.service().advice()));
            }
        }
        return found;
    }

    private record Examined(Service service, Checks checks) {}
}
