package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import org.junit.jupiter.api.Test;

/** Tests when a lane opens and closes connections. */
final class LaneConnectionTest {

    private final SimulatedBigQuery service = SimulatedBigQuery.answeringAtOnce();
    private final LaneConnection connection = new LaneConnection(service);

    @Test
    void connectionIsOpenedOnFirstUseAndUsedAgain() {
        assertThat(connection.exists()).isFalse();
        assertThat(connection.isOpen()).isFalse();

        StreamConnection opened = connection.to("t/streams/s0");
        assertThat(connection.to("t/streams/s0")).isSameAs(opened);
        assertThat(connection.exists()).isTrue();
        assertThat(connection.isOpen()).isTrue();
        assertThat(service.calls()).containsExactly("connect to t/streams/s0");
    }

    @Test
    void connectionThatEndedIsClosedAndReplaced() {
        StreamConnection ended = connection.to("t/streams/s0");
        service.endConnections();
        assertThat(connection.exists()).isTrue();
        assertThat(connection.isOpen()).isFalse();

        assertThat(connection.to("t/streams/s0")).isNotSameAs(ended);
        assertThat(connection.isOpen()).isTrue();
        assertThat(service.connections()).isEqualTo(2);
        assertThat(service.unclosedConnections()).isEqualTo(1);
    }

    @Test
    void closedConnectionIsOpenedByTheNextUse() {
        connection.to("t/streams/s0");
        connection.close();
        connection.close();
        assertThat(service.unclosedConnections()).isZero();
        assertThat(connection.exists()).isFalse();
        assertThat(connection.isOpen()).isFalse();

        connection.to("t/streams/s1");
        assertThat(service.calls()).containsExactly("connect to t/streams/s0", "connect to t/streams/s1");
    }
}
