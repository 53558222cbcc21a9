package io.catalogconnect.settings;

import io.catalogconnect.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void rulesHold() {
        ArchitectureRules.of("io.catalogconnect.settings")
                .connectOnlyIn()
                .classesFreeOfCycles()
                .check();
    }
}
