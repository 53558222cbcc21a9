package io.catalogconnect.contract;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void packagesFollowTheArchitectureRules() {
        ArchitectureRules.of("io.catalogconnect.contract")
                .connectOnlyIn()
                .sdkOnlyIn("org.yaml.snakeyaml", "io.catalogconnect.contract.yaml")
                .sdkOnlyIn("io.catalogconnect.transforms", "io.catalogconnect.contract.rule")
                .sdkOnlyIn("software.amazon.awssdk")
                .sdkOnlyIn("com.google.cloud")
                .sdkOnlyIn("picocli")
                .classesFreeOfCycles()
                .check();
    }
}
