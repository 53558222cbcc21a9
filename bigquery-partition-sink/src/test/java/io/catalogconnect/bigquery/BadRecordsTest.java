package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.SinkTaskFixture.PRODUCT;
import static io.catalogconnect.bigquery.SinkTaskFixture.RAW;
import static io.catalogconnect.bigquery.SinkTaskFixture.offsets;
import static io.catalogconnect.bigquery.SinkTaskFixture.product;
import static io.catalogconnect.bigquery.SinkTaskFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of records that have no place in a table. */
final class BadRecordsTest {

    private final SinkTaskFixture sink = new SinkTaskFixture();

    @AfterEach
    void stop() {
        sink.stop();
    }

    @Test
    void aRecordThatIsNoRowStopsTheTaskWithWhatToDo() {
        sink.start(RAW);
        SinkRecord schemaless = new SinkRecord("products.raw", 0, null, null, null, "text", 4);

        assertThatThrownBy(() -> sink.task.put(List.of(schemaless)))
                .isInstanceOf(DataException.class)
                .hasMessage("catalog-sink: record at products.raw-0 offset 4 does not go into table products_raw: the"
                        + " record's value is a String without a schema; a row needs named fields. Use a converter that"
                        + " gives structs or maps. To go on without such records set errors.tolerance=all, and"
                        + " errors.deadletterqueue.topic.name to keep them.");
    }

    @Test
    void badRecordsGoToTheDeadLetterQueueAndTheRestIsWritten() {
        List<Long> reported = new ArrayList<>();
        CompletableFuture<Void> kept = new CompletableFuture<>();
        sink.context.reporter = (record, error) -> {
            reported.add(record.originalKafkaOffset());
            assertThat(error).isInstanceOf(DataException.class);
            return kept;
        };
        sink.service.badRow = row -> row.get("brand").equals("bad");
        sink.start(RAW);
        sink.task.put(List.of(
                record(RAW, 0, "HP"),
                record(RAW, 1, "bad"),
                new SinkRecord("products.raw", 0, null, null, null, "text", 2),
                record(RAW, 3, "Dell")));
        sink.pump();
        assertThat(sink.preCommit(RAW, 4)).isEqualTo(offsets(RAW, 0));
        kept.complete(null);
        sink.putUntilSettled();

        assertThat(reported).containsExactlyInAnyOrder(1L, 2L);
        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 3L);
        assertThat(sink.preCommit(RAW, 4)).isEqualTo(offsets(RAW, 4));
    }

    @Test
    void aDeadLetterThatIsNotKeptStopsTheTask() {
        sink.context.reporter =
                (record, error) -> CompletableFuture.failedFuture(new IllegalStateException("no topic"));
        sink.start(RAW);
        sink.task.put(List.of(new SinkRecord("products.raw", 0, null, null, null, "text", 2)));

        assertThat(sink.preCommit(RAW, 3)).isEmpty();
        assertThatThrownBy(() -> sink.task.put(List.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "catalog-sink: record at products.raw-0 offset 2 does not go into table products_raw: could not"
                                + " be reported to the dead letter queue");
    }

    @Test
    void badRecordsAreLeftOutWhereTheyAreToleratedAndNobodyWantsThem() {
        sink.properties.put("errors.tolerance", "all");
        sink.start(RAW);
        sink.putUntilSettled(new SinkRecord("products.raw", 0, null, null, null, "text", 2), record(RAW, 3, "Dell"));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(3L);
    }

    @Test
    void tombstonesAreLeftOut() {
        sink.start(RAW);
        sink.putUntilSettled(new SinkRecord("products.raw", 0, null, null, null, null, 2), record(RAW, 3, "Dell"));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(3L);
        assertThat(sink.preCommit(RAW, 4)).isEqualTo(offsets(RAW, 4));
    }

    @Test
    void tombstonesGoToTheDeadLetterQueueOrStopTheTaskAsConfigured() {
        List<Long> reported = new ArrayList<>();
        sink.context.reporter = (record, error) -> {
            reported.add(record.originalKafkaOffset());
            return CompletableFuture.allOf();
        };
        sink.properties.put("tombstones", "dead-letter");
        sink.start(RAW);
        SinkRecord tombstone = new SinkRecord("products.raw", 0, null, "k", null, null, 2);
        sink.putUntilSettled(tombstone);
        assertThat(reported).containsExactly(2L);

        sink.properties.put("tombstones", "fail");
        sink.restart(RAW);
        assertThatThrownBy(() -> sink.task.put(List.of(tombstone)))
                .isInstanceOf(DataException.class)
                .hasMessage("catalog-sink: record at products.raw-0 offset 2 does not go into table products_raw: it is"
                        + " a tombstone, a record without a value, and rows are only added. To go on set"
                        + " tombstones=skip, or tombstones=dead-letter.");
    }

    @Test
    void aDateThatCannotBeStreamedIsABadRecordWithAMessageThatSaysSo() {
        sink.start(RAW);
        Struct old = product("HP").put("catalog_date", Date.from(Instant.parse("1955-01-01T00:00:00Z")));
        SinkRecord record = new SinkRecord("products.raw", 0, null, "k", PRODUCT, old, 4);

        assertThatThrownBy(() -> sink.task.put(List.of(record)))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("catalog-sink: record at products.raw-0 offset 4 does not go into table"
                        + " products_raw: column 'catalog_date' decides the partition and lies outside of what BigQuery"
                        + " lets be streamed, from \\d{4}-\\d{2}-\\d{2} to \\d{4}-\\d{2}-\\d{2}\\. Bring such rows"
                        + " in with a load job, or partition by another column\\. To go on .*");
    }

    @Test
    void theTimestampMayDecideThePartition() {
        sink.properties.put("partition.field", "_time");
        sink.properties.put("timestamp.column", "_time");
        sink.start(RAW);
        SinkRecord old =
                new SinkRecord("products.raw", 0, null, "k", PRODUCT, product("HP"), 0, 5L, TimestampType.CREATE_TIME);

        assertThatThrownBy(() -> sink.task.put(List.of(old)))
                .hasMessageContaining("column '_time' decides the partition");
    }
}
