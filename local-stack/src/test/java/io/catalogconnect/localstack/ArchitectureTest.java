package io.catalogconnect.localstack;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void moduleFollowsTheSharedRules() {
        ArchitectureRules.of("io.catalogconnect.localstack")
                .sdkOnlyIn("software.amazon.awssdk", "io.catalogconnect.localstack.s3")
                .sdkOnlyIn("org.gaul.s3proxy", "io.catalogconnect.localstack.s3")
                .sdkOnlyIn(
                        "com.google.cloud", "io.catalogconnect.localstack.bigquery", "io.catalogconnect.localstack.cli")
                .sdkOnlyIn("org.apache.kafka", "io.catalogconnect.localstack.kafka")
                .sdkOnlyIn("picocli", "io.catalogconnect.localstack.cli")
                .classesFreeOfCycles()
                .check();
    }
}
