package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.SinkTaskFixture.PRODUCT;
import static io.catalogconnect.bigquery.SinkTaskFixture.RAW;
import static io.catalogconnect.bigquery.SinkTaskFixture.TEAM;
import static io.catalogconnect.bigquery.SinkTaskFixture.offsets;
import static io.catalogconnect.bigquery.SinkTaskFixture.product;
import static io.catalogconnect.bigquery.SinkTaskFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guarantees that users of other BigQuery sinks have missed. */
final class SinkGuaranteesTest {

    private final SinkTaskFixture sink = new SinkTaskFixture();

    @AfterEach
    void stop() {
        sink.stop();
    }

    @Test
    void rowsOfTwoTopicsWithEqualOffsetsAreAllWrittenToOneTable() {
        sink.properties.put("tables", "products.raw:products,products.team-a:products");
        sink.start(RAW, TEAM);
        sink.putUntilSettled(
                record(RAW, 0, "HP"), record(TEAM, 0, "HP"), record(RAW, 1, "Dell"), record(TEAM, 1, "Dell"));
        assertThat(sink.service.rows("products")).hasSize(4);

        sink.restart(RAW, TEAM);
        sink.putUntilSettled(record(RAW, 1, "Dell"), record(TEAM, 1, "Dell"), record(TEAM, 2, "Acer"));
        assertThat(sink.service.rows("products")).hasSize(5);
    }

    @Test
    void rowsOfARenamedTopicKeepTheirOriginalKafkaPosition() {
        sink.start(RAW);
        SinkRecord renamed =
                record(RAW, 5, "HP").newRecord("products.team-a", 3, null, null, PRODUCT, product("HP"), null);
        sink.putUntilSettled(renamed);

        assertThat(sink.service.column("products_team_a", "_kafka_topic")).containsExactly("products.raw");
        assertThat(sink.service.column("products_team_a", "_kafka_offset")).containsExactly(5L);
        assertThat(sink.preCommit(RAW, 6)).isEqualTo(offsets(RAW, 6));
    }

    @Test
    void redeliveryAfterMidnightWritesToTheSamePartition() {
        Instant made = Instant.parse("2026-11-01T23:59:58Z");
        Object before = partitionOfARowWritten(made, Instant.parse("2026-11-01T23:59:59Z"));
        Object after = partitionOfARowWritten(made, Instant.parse("2026-11-02T00:00:01Z"));

        assertThat(before).isEqualTo(made.toEpochMilli() * 1_000);
        assertThat(after).isEqualTo(before);
    }

    private static Object partitionOfARowWritten(Instant made, Instant now) {
        SinkTaskFixture on = new SinkTaskFixture(Clock.fixed(now, ZoneOffset.UTC));
        on.properties.put("partition.field", "_time");
        on.properties.put("timestamp.column", "_time");
        on.start(RAW);
        on.putUntilSettled(record(RAW, 0, "HP", made.toEpochMilli()));
        on.stop();
        return on.service.column("products_raw", "_time").get(0);
    }

    @Test
    void offsetOfAFailedWriteIsNotCommitted() {
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));
        sink.service.faults(Faults.DOWN);
        sink.task.put(List.of(record(RAW, 1, "Dell")));
        sink.pump();
        assertThat(sink.preCommit(RAW, 2)).isEqualTo(offsets(RAW, 1));

        sink.service.faults(Faults.NONE);
        sink.putUntilSettled();
        assertThat(sink.preCommit(RAW, 2)).isEqualTo(offsets(RAW, 2));
        assertThat(sink.service.column("products_raw", "brand")).containsExactly("HP", "Dell");
    }

    @Test
    void twoConnectorsOnOneWorkerKeepTheirOwnSettings() {
        SinkTaskFixture other = new SinkTaskFixture();
        other.properties.put("name", "other-sink");
        other.properties.put("tables", "products.raw:elsewhere");
        sink.start(RAW);
        other.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));
        other.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));
        other.stop();

        assertThat(sink.service.tablesWithRows()).containsExactly("products_raw");
        assertThat(sink.service.rows("products_raw")).hasSize(1);
        assertThat(other.service.tablesWithRows()).containsExactly("elsewhere");
        assertThat(other.service.rows("elsewhere")).hasSize(2);
    }

    @Test
    void taskWritesAgainAfterAnOutageWithoutARestart() {
        sink.properties.put("buffer.max.bytes", "1024");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));
        sink.service.faults(Faults.DOWN);
        sink.task.put(IntStream.range(1, 200)
                .mapToObj(offset -> record(RAW, offset, "HP"))
                .toList());
        sink.pump();
        assertThat(sink.context.paused).containsExactly(RAW);
        assertThat(sink.context.timeouts).isNotEmpty();
        assertThat(sink.preCommit(RAW, 200)).isEqualTo(offsets(RAW, 1));

        sink.service.faults(Faults.NONE);
        sink.putUntilSettled();
        assertThat(sink.context.paused).isEmpty();
        assertThat(sink.service.rows("products_raw")).hasSize(200);
        assertThat(sink.preCommit(RAW, 200)).isEqualTo(offsets(RAW, 200));
    }

    @Test
    @Timeout(20)
    void commitReturnsAfterTheSettleTimeoutWhenBigQueryDoesNotAnswer() {
        sink.start(RAW);
        sink.service.holdAppendAnswers();
        sink.task.put(List.of(record(RAW, 0, "HP")));

        assertThat(sink.preCommit(RAW, 1)).isEqualTo(offsets(RAW, 0));
        sink.task.close(List.of(RAW));
        sink.service.releaseAppendAnswers();
    }
}
