package io.catalogconnect.localbigquery;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void moduleFollowsTheSharedRules() {
        ArchitectureRules.of("io.catalogconnect.localbigquery")
                .sdkOnlyIn(
                        "io.grpc",
                        "io.catalogconnect.localbigquery.write",
                        "io.catalogconnect.localbigquery.read",
                        "io.catalogconnect.localbigquery.fault")
                .sdkOnlyIn("org.apache.arrow", "io.catalogconnect.localbigquery.read")
                .sdkOnlyIn("org.duckdb", "io.catalogconnect.localbigquery.store")
                .classesFreeOfCycles(
                        "io.catalogconnect.localbigquery.sql.syntax", "io.catalogconnect.localbigquery.sql.translation")
                .check();
    }
}
