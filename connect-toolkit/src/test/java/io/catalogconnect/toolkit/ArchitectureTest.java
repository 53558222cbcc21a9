package io.catalogconnect.toolkit;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void packagesFollowTheArchitectureRules() {
        ArchitectureRules.of("io.catalogconnect.toolkit")
                .connectOnlyIn()
                .sdkOnlyIn("org.apache.kafka", "io.catalogconnect.toolkit.kafka")
                .sdkOnlyIn("com.fasterxml.jackson", "io.catalogconnect.toolkit.rest")
                .sdkOnlyIn("com.google.cloud")
                .sdkOnlyIn("software.amazon.awssdk")
                .sdkOnlyIn("picocli")
                .classesFreeOfCycles()
                .check();
    }
}
