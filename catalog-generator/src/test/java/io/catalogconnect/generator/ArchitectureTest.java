package io.catalogconnect.generator;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void moduleFollowsTheSharedRules() {
        ArchitectureRules.of("io.catalogconnect.generator")
                .classesFreeOfCycles()
                .check();
    }
}
