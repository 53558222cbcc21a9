package io.catalogconnect.transforms;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void packagesFollowTheArchitectureRules() {
        ArchitectureRules.of("io.catalogconnect.transforms")
                .sdkOnlyIn("dev.cel", "io.catalogconnect.transforms.condition")
                .sdkOnlyIn("com.google", "io.catalogconnect.transforms.condition")
                // A rule is about a ConnectRecord, which lives in Connect's connector package.
                .connectOnlyIn(
                        "io.catalogconnect.transforms",
                        "io.catalogconnect.transforms.condition",
                        "io.catalogconnect.transforms.predicates",
                        "io.catalogconnect.transforms.rule")
                .classesFreeOfCycles()
                .rootPackageHoldsAtMost(8)
                .check();
    }
}
