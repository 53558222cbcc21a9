package io.catalogconnect.dryrun;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void packagesFollowTheArchitectureRules() {
        ArchitectureRules.of("io.catalogconnect.dryrun")
                .sdkOnlyIn("com.fasterxml.jackson", "io.catalogconnect.dryrun")
                .classesFreeOfCycles()
                .check();
    }
}
