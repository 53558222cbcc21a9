package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void packagesFollowTheArchitectureRules() {
        ArchitectureRules.of("io.catalogconnect.catalogctl")
                .connectOnlyIn()
                .sdkOnlyIn("picocli", "io.catalogconnect.catalogctl.cli")
                .sdkOnlyIn("org.yaml.snakeyaml")
                .sdkOnlyIn("org.apache.kafka")
                .classesFreeOfCycles()
                .check();
    }
}
