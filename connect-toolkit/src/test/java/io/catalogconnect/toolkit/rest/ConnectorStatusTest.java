package io.catalogconnect.toolkit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.toolkit.rest.ConnectorStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectorStatusTest {
    private static final State RUNNING = new State("RUNNING", "");

    @Test
    void connectorRunsIfItsTasksRun() {
        assertThat(new ConnectorStatus("c", RUNNING, List.of(RUNNING, RUNNING)).isRunning())
                .isTrue();
        assertThat(new ConnectorStatus("c", RUNNING, List.of()).isRunning()).isFalse();
        assertThat(new ConnectorStatus("c", RUNNING, List.of(RUNNING, new State("UNASSIGNED", ""))).isRunning())
                .isFalse();
    }

    @Test
    void failureIsReportedByItsMessagesWithoutTheStackTrace() {
        String trace = """
                org.apache.kafka.connect.errors.ConnectException: outer
                \tat a.B.c(B.java:1)
                Caused by: java.lang.IllegalStateException: inner
                \tat a.B.d(B.java:2)
                \t... 5 more
                """;
        ConnectorStatus status = new ConnectorStatus("c", RUNNING, List.of(RUNNING, new State("FAILED", trace)));
        assertThat(status.failure()).hasValue("""
                        Connector c has failed: org.apache.kafka.connect.errors.ConnectException: outer
                          caused by java.lang.IllegalStateException: inner""");
        assertThat(status.tasks()).extracting(State::reason).containsExactly("", "inner");
        assertThat(new State("FAILED", "a.B$C: only: one\n\tat a.B.c(B.java:1)").reason())
                .isEqualTo("only: one");
        assertThat(new ConnectorStatus("c", RUNNING, List.of(RUNNING)).failure())
                .isEmpty();
    }
}
