package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.SinkTaskFixture.RAW;
import static io.catalogconnect.bigquery.SinkTaskFixture.TEAM;
import static io.catalogconnect.bigquery.SinkTaskFixture.offsets;
import static io.catalogconnect.bigquery.SinkTaskFixture.product;
import static io.catalogconnect.bigquery.SinkTaskFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.table.TableMismatchException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests how a task owns partitions, writes their records and commits offsets. */
final class BigQueryPartitionSinkTaskTest {

    private final SinkTaskFixture sink = new SinkTaskFixture();

    @AfterEach
    void stop() {
        sink.stop();
    }

    @Test
    void recordsAreWrittenToTheTableOfTheirTopicWithTheirKafkaPosition() {
        sink.start(RAW, TEAM);
        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"), record(TEAM, 0, "HP"));

        assertThat(sink.service.column("products_raw", "brand")).containsExactly("HP", "Dell");
        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L);
        assertThat(sink.service.column("products_raw", "_kafka_topic")).containsOnly("products.raw");
        assertThat(sink.service.column("products_raw", "catalog_date")).containsOnly(20_484);
        assertThat(sink.service.column("products_team_a", "brand")).containsExactly("HP");
        assertThat(sink.service.shape("products_raw"))
                .satisfies(shape -> assertThat(shape.partitioning().field()).contains("catalog_date"))
                .satisfies(shape -> assertThat(shape.clustering()).containsExactly("brand"));
        assertThat(sink.preCommit(RAW, 2, TEAM, 1)).isEqualTo(offsets(RAW, 2, TEAM, 1));
    }

    @Test
    void onlyOffsetsOfAcknowledgedRecordsAreCommitted() {
        sink.start(RAW);
        sink.service.holdAppendAnswers();
        sink.task.put(List.of(record(RAW, 7, "HP"), record(RAW, 8, "Dell")));
        sink.pump();

        assertThat(sink.preCommit(RAW, 9)).isEqualTo(offsets(RAW, 7));
        sink.service.releaseAppendAnswers();
        sink.pump();
        assertThat(sink.preCommit(RAW, 9)).isEqualTo(offsets(RAW, 9));
    }

    @Test
    void offsetsOfDroppedRecordsAreCommitted() {
        sink.start(RAW, TEAM);
        sink.putUntilSettled(record(RAW, 3, "HP"));

        assertThat(sink.preCommit(RAW, 90, TEAM, 500)).isEqualTo(offsets(RAW, 90, TEAM, 500));
    }

    @Test
    void restartedTaskContinuesAfterTheHighestOffsetOfTheTable() {
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));
        sink.restart(RAW);
        assertThat(sink.portsAreReleased).isTrue();
        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"), record(RAW, 2, "Acer"));

        assertThat(sink.service.column("products_raw", "brand")).containsExactly("HP", "Dell", "Acer");
    }

    /** A partition that is revoked and assigned in one rebalance stays paused in Connect. */
    @Test
    void partitionRevokedWhilePausedIsConsumedAfterReassignment() {
        sink.properties.put("buffer.max.bytes", "1024");
        sink.start(RAW);
        sink.service.faults(Faults.DOWN);
        sink.task.put(IntStream.range(0, 100)
                .mapToObj(offset -> record(RAW, offset, "HP"))
                .toList());
        assertThat(sink.context.paused).containsExactly(RAW);

        sink.task.close(List.of(RAW));
        sink.task.open(List.of(RAW));
        assertThat(sink.context.paused).isEmpty();
    }

    @Test
    void failedTableCreationIsRetried() {
        sink.service.faults(Faults.DOWN);
        sink.start(RAW);
        sink.task.put(List.of(record(RAW, 0, "HP")));
        sink.pump();
        sink.service.faults(Faults.NONE);
        sink.putUntilSettled();

        assertThat(sink.service.rows("products_raw")).hasSize(1);
    }

    @Test
    void partitionRevokedWhileItsTableIsCreatedDoesNotBlockOtherPartitionsOfTheTable() {
        sink.properties.put("tables", "products.raw:products,products.team-a:products");
        sink.start(RAW);
        sink.task.put(List.of(record(RAW, 0, "HP")));
        Deque<Runnable> held = new ArrayDeque<>();
        sink.blocking = held::add;
        sink.pump();
        assertThat(held).as("creation of the table").hasSize(1);
        sink.task.close(List.of(RAW));
        sink.blocking = Runnable::run;
        held.remove().run();
        assertThat(sink.service.hasTable("products")).isTrue();

        sink.task.open(List.of(TEAM));
        Schema other = SchemaBuilder.struct()
                .field("brand", Schema.STRING_SCHEMA)
                .field("category_id", Schema.INT64_SCHEMA)
                .field("catalog_date", Date.SCHEMA)
                .build();
        Struct product = new Struct(other)
                .put("brand", "Dell")
                .put("category_id", 7L)
                .put("catalog_date", product("Dell").get("catalog_date"));
        sink.task.put(List.of(new SinkRecord(TEAM.topic(), TEAM.partition(), null, "k", other, product, 0)));
        sink.pump();

        assertThat(sink.service.column("products", "brand")).containsExactly("Dell");
        assertThat(sink.preCommit(TEAM, 1)).isEqualTo(offsets(TEAM, 1));
    }

    @Test
    void permanentErrorStopsTheTaskAtOnceAndNamesTheFix() {
        sink.service.failCatalog(
                new ServiceRefusedException("reading table: 403. Grant the connector's account x.", null));
        sink.start(RAW);

        assertThatThrownBy(() -> sink.putUntilSettled(record(RAW, 0, "HP")))
                .isInstanceOf(ConnectException.class)
                .hasMessage("reading table: 403. Grant the connector's account x.");
    }

    @Test
    void tableThatAcceptsNoRowsFailsTheTaskBeforeItsFirstRecord() {
        sink.service.failCatalog(
                new TableMismatchException(TableMismatchException.Extent.TABLE, "p.d.products_raw is a view."));
        sink.start(RAW);
        assertThat(sink.context.timeouts).as("Connect calls the task soon").isNotEmpty();

        assertThatThrownBy(() -> sink.task.put(List.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessage("p.d.products_raw is a view.");
    }

    @Test
    void outageDuringTheCheckAtTheStartDoesNotFailTheTask() {
        sink.service.faults(Faults.DOWN);
        sink.start(RAW);
        sink.pump();
        sink.service.faults(Faults.NONE);
        sink.putUntilSettled(record(RAW, 0, "HP"));

        assertThat(sink.service.rows("products_raw")).hasSize(1);
    }

    @Test
    void openAndCloseMakeNoNetworkCallWhileRowsAreInFlight() {
        sink.start(RAW);
        sink.service.holdAppendAnswers();
        sink.task.put(List.of(record(RAW, 0, "HP")));
        sink.pump();
        assertThat(sink.preCommit(RAW, 1)).isEqualTo(offsets(RAW, 0));
        assertThat(sink.service.calls()).contains("append to products_raw/streams/s0");
        List<String> before = sink.service.calls();

        sink.task.close(List.of(RAW));
        sink.task.open(List.of(RAW));
        sink.task.close(List.of(RAW));

        assertThat(sink.service.calls()).isEqualTo(before);
    }

    @Test
    void reassignedPartitionIsReadFromTheCommittedOffset() {
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));
        sink.task.close(List.of(RAW));
        sink.task.open(List.of(RAW));
        sink.putUntilSettled(record(RAW, 1, "Dell"), record(RAW, 2, "Acer"));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L, 2L);
    }

    /** Offsets of a recreated topic start from 0. Without a check, its records would be skipped as already written. */
    @Test
    void recreatedTopicStopsTheTaskAndNamesTheFix() {
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000));
        sink.restart(RAW);

        assertThatThrownBy(() -> sink.putUntilSettled(record(RAW, 0, "Acer", 9_000)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("catalog-sink: products.raw-0 -> products_raw: the record at offset 0 has the"
                        + " timestamp 1970-01-01T00:00:09Z, and the table's row of that offset has 1970-01-01T00:00:01Z: the"
                        + " topic was recreated. Records up to offset 1 would be skipped as already written. Send the topic to"
                        + " another table, or delete the rows of the old topic (where _kafka_topic = 'products.raw' AND"
                        + " _kafka_partition = 0) and set this lane's stream to '' in the registry table; then restart the"
                        + " task.");
        assertThat(sink.service.column("products_raw", "brand")).containsExactly("HP", "Dell");
    }

    @Test
    void topicRecreatedWhileTheTaskRunsStopsTheTask() {
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000));

        assertThatThrownBy(() -> sink.putUntilSettled(record(RAW, 0, "Acer", 9_000)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("the topic was recreated");
    }

    @Test
    void redeliveredRecordsAreWrittenOnce() {
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000));
        sink.putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000), record(RAW, 2, "Acer", 3_000));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L, 2L);
        assertThat(sink.service.column("products_raw", "_kafka_timestamp"))
                .containsExactly(1_000_000L, 2_000_000L, 3_000_000L);
    }

    @Test
    void partitionThatContinuesAboveAnUnsettledRecordFailsTheTask() {
        sink.start(RAW);
        sink.service.holdAppendAnswers();
        sink.task.put(List.of(record(RAW, 50, "HP"), record(RAW, 51, "Dell"), record(RAW, 52, "Acer")));
        sink.pump();
        List<SinkRecord> later = List.of(record(RAW, 51, "Asus"));

        assertThatThrownBy(() -> sink.task.put(later))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "catalog-sink: products.raw-0 continues at offset 51 after offset 52, and the record at offset 50"
                                + " is neither written nor reported. Kafka would not deliver it again, for example because an unclean"
                                + " leader election truncated the topic. Restart the task: it continues at the last committed offset,"
                                + " which is at most 50.");
        assertThat(sink.preCommit(RAW, 52)).isEmpty();
    }

    @Test
    void partitionThatContinuesAtTheFirstUnsettledRecordIsTakenOverAgain() {
        sink.start(RAW);
        sink.service.holdAppendAnswers();
        sink.task.put(List.of(record(RAW, 50, "HP"), record(RAW, 51, "Dell")));
        sink.pump();
        assertThat(sink.preCommit(RAW, 52)).isEqualTo(offsets(RAW, 50));
        sink.task.put(List.of(record(RAW, 50, "HP"), record(RAW, 51, "Dell"), record(RAW, 52, "Acer")));
        sink.service.releaseAppendAnswers();
        sink.putUntilSettled();

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(50L, 51L, 52L);
        assertThat(sink.preCommit(RAW, 53)).isEqualTo(offsets(RAW, 53));
    }

    @Test
    void timestampsAreNotComparedWithoutATimestampColumn() {
        sink.properties.put("timestamp.column", "");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP", 1_000));
        sink.restart(RAW);
        sink.putUntilSettled(record(RAW, 0, "Acer", 9_000), record(RAW, 1, "Dell", 9_000));

        assertThat(sink.service.column("products_raw", "brand")).containsExactly("HP", "Dell");
        assertThat(sink.service.rows("products_raw").get(0).values()).doesNotContainKey("_kafka_timestamp");
    }

    @Test
    void atLeastOnceWritesToTheDefaultStreamAndNeedsNoPartitionColumn() {
        sink.properties.put("delivery.guarantee", "at-least-once");
        sink.properties.remove("partition.field");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));

        assertThat(sink.service.column("products_raw", "brand")).containsExactly("HP", "Dell");
        assertThat(sink.service.shape("products_raw"))
                .satisfies(shape ->
                        assertThat(shape.partitioning().byIngestionTime()).isTrue());
        assertThat(sink.service.calls())
                .contains("append to products_raw/streams/_default")
                .noneMatch(call -> call.startsWith("read ") || call.startsWith("register "));
        assertThat(sink.preCommit(RAW, 2)).isEqualTo(offsets(RAW, 2));
    }
}
