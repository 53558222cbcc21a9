package io.catalogconnect.s3csv;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void onlyAdaptersKnowAVendorAndOnlyTheGlueKnowsConnect() {
        ArchitectureRules.of("io.catalogconnect.s3csv")
                .sdkOnlyIn("software.amazon.awssdk", "io.catalogconnect.s3csv.object.s3")
                .connectOnlyIn(
                        "io.catalogconnect.s3csv", "io.catalogconnect.s3csv.flow", "io.catalogconnect.s3csv.metrics")
                .classesFreeOfCycles()
                .rootPackageHoldsAtMost(8)
                .check();
    }
}
