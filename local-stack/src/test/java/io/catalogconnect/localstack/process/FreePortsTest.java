package io.catalogconnect.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FreePortsTest {
    @Test
    void freePortsAreDistinct() throws IOException {
        FreePorts ports = new FreePorts(new Random(1));
        assertThat(List.of(ports.take(0), ports.take(0), ports.take(0), ports.take(0)))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_000));
    }

    @Test
    void wantedPortIsTaken() throws IOException {
        int free = new FreePorts(new Random()).take(0);
        assertThat(new FreePorts(new Random()).take(free)).isEqualTo(free);
    }

    @Test
    void wantedPortInUseIsNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            assertThatThrownBy(() -> new FreePorts(new Random(1)).take(port))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "Port " + port + " of 127.0.0.1 is in use. Stop what listens there, or name another port"
                                    + " (./pipeline help up)");
        }
    }
}
