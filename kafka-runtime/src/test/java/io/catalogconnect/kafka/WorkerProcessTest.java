package io.catalogconnect.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.junit.jupiter.api.Test;

final class WorkerProcessTest {
    @Test
    void workerWithAGroupIsDistributed() {
        assertThat(WorkerProcess.commandLine(Map.of("group.id", "connect"))).isInstanceOf(ConnectDistributed.class);
    }

    @Test
    void workerWithoutAGroupIsStandalone() {
        assertThat(WorkerProcess.commandLine(Map.of())).isInstanceOf(ConnectStandalone.class);
    }
}
