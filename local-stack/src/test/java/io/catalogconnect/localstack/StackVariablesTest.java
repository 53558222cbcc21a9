package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localstack.layout.Endpoints;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StackVariablesTest {
    private static final Endpoints ENDPOINTS = new Endpoints(1, 2, 3, 4, 5, 6);

    @Test
    void addressesOfTheStackWinOverTheEnvironment() {
        StackVariables variables = StackVariables.of(
                ENDPOINTS, Map.of("CATALOG_S3_ENDPOINT", "http://elsewhere", "CATALOG_MINE", "m", "HOME", "/root"));
        assertThat(variables.values())
                .containsEntry("CATALOG_S3_ENDPOINT", "http://127.0.0.1:4")
                .containsEntry("CATALOG_BIGQUERY_REST", "http://127.0.0.1:5")
                .containsEntry("CATALOG_BIGQUERY_STORAGE", "127.0.0.1:6")
                .containsEntry("CATALOG_MINE", "m")
                .containsEntry("CATALOG_PSEUDONYM_SECRET", "a secret for the local stack only")
                .doesNotContainKey("HOME");
    }

    @Test
    void secretOfTheEnvironmentIsUsed() {
        assertThat(StackVariables.of(ENDPOINTS, Map.of("CATALOG_PSEUDONYM_SECRET", "mine"))
                        .values())
                .containsEntry("CATALOG_PSEUDONYM_SECRET", "mine");
    }

    @Test
    void placeholdersAreReplaced() {
        StackVariables variables = new StackVariables(Map.of("A", "$1", "B", "b"));
        assertThat(variables.resolve("x${env:A}-${env:B}y")).isEqualTo("x$1-by");
        assertThat(variables.resolve("${file:A}")).isEqualTo("${file:A}");
        assertThatThrownBy(() -> variables.resolve("${env:C}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The local stack has no variable C. Set it, with a name that starts with CATALOG_, or use one"
                                + " of A, B");
    }
}
