package io.catalogconnect.bigquery;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

    @Test
    void packagesFollowTheLayersOfTheModule() {
        ArchitectureRules.of("io.catalogconnect.bigquery")
                .configurationOnlyIn("io.catalogconnect.bigquery.config")
                .sdkOnlyIn("io.catalogconnect.settings", "io.catalogconnect.bigquery.config")
                .sdkOnlyIn("com.google.cloud", "io.catalogconnect.bigquery.client")
                .sdkOnlyIn("com.google.api", "io.catalogconnect.bigquery.client")
                .sdkOnlyIn("io.grpc", "io.catalogconnect.bigquery.client")
                .sdkOnlyIn(
                        "com.google.protobuf",
                        "io.catalogconnect.bigquery.client",
                        "io.catalogconnect.bigquery.commit",
                        "io.catalogconnect.bigquery.convert")
                .connectOnlyIn(
                        "io.catalogconnect.bigquery",
                        "io.catalogconnect.bigquery.flow",
                        "io.catalogconnect.bigquery.metrics",
                        "io.catalogconnect.bigquery.record")
                .classesFreeOfCycles()
                .rootPackageHoldsAtMost(8)
                .check();
    }
}
