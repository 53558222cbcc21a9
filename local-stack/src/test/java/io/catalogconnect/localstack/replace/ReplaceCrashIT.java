package io.catalogconnect.localstack.replace;

import io.catalogconnect.localstack.replace.CrashStage.Victim;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the worker, of local-bigquery and of both, between the steps of a version's way into its partition. */
final class ReplaceCrashIT {

    @TempDir
    Path directory;

    @Test
    void onlyWholeVersionsAreVisibleIfProcessesAreKilledBetweenTwoSteps() throws Exception {
        try (CrashStage stage = new CrashStage(directory)) {
            stage.killAt(Step.FACT_INSERTED, Victim.BIGQUERY);
            stage.killAt(Step.RECORD_NAMED, Victim.BOTH);
        }
    }

    @Test
    @Tag("soak")
    void onlyWholeVersionsAreVisibleIfProcessesAreKilledBetweenAnyTwoSteps() throws Exception {
        try (CrashStage stage = new CrashStage(directory)) {
            for (Step step : Step.values()) {
                for (Victim victim : Victim.values()) {
                    stage.killAt(step, victim);
                }
            }
        }
    }
}
