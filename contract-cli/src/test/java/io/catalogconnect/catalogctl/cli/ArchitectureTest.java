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
                .sdkOnlyIn("org.apache.kafka", "io.catalogconnect.catalogctl.live.kafka")
                .sdkOnlyIn("com.google.cloud", "io.catalogconnect.catalogctl.live.bigquery")
                .sdkOnlyIn(
                        "com.fasterxml.jackson",
                        "io.catalogconnect.catalogctl.cli",
                        "io.catalogconnect.catalogctl.live.bigquery",
                        "io.catalogconnect.catalogctl.live.connect")
                .classesFreeOfCycles()
                .check();
    }
}
