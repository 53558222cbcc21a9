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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the task rejects records that cannot be written. */
final class RejectedRecordsTaskTest {

    private final SinkTaskFixture sink = new SinkTaskFixture();

    @AfterEach
    void stop() {
        sink.stop();
    }

    @Test
    void recordThatCannotBeARowStopsTheTaskAndNamesTheFix() {
        sink.start(RAW);
        SinkRecord schemaless = new SinkRecord("products.raw", 0, null, null, null, "text", 4);

        assertThatThrownBy(() -> sink.task.put(List.of(schemaless)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "catalog-sink: record at products.raw-0 offset 4 cannot be written to table products_raw: the"
                                + " record's value is a String without a schema; a row needs named fields. Use a converter that"
                                + " returns structs or maps. To skip such records, set errors.tolerance=all; to keep them, also"
                                + " set errors.deadletterqueue.topic.name.");
    }

    @Test
    void rejectedRecordsGoToTheDeadLetterQueueAndTheOthersAreWritten() {
        List<Long> reported = new ArrayList<>();
        CompletableFuture<Void> kept = new CompletableFuture<>();
        sink.context.reporter = (record, error) -> {
            reported.add(record.originalKafkaOffset());
            assertThat(error).isInstanceOf(DataException.class);
            return kept;
        };
        sink.service.refuse(row -> row.get("brand").equals("bad"));
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
    void failedWriteToTheDeadLetterQueueStopsTheTask() {
        sink.context.reporter =
                (record, error) -> CompletableFuture.failedFuture(new IllegalStateException("no topic"));
        sink.start(RAW);
        sink.task.put(List.of(new SinkRecord("products.raw", 0, null, null, null, "text", 2)));

        assertThat(sink.preCommit(RAW, 3)).isEmpty();
        assertThatThrownBy(() -> sink.task.put(List.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "catalog-sink: record at products.raw-0 offset 2 cannot be written to table products_raw: could not"
                                + " be written to the dead letter queue");
    }

    /** Connect asks for offsets to commit when it stops a failed task. */
    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void failedTaskCommitsNoOffsetOfARowThatIsNotWritten(String guarantee) {
        sink.properties.put("delivery.guarantee", guarantee);
        sink.service.refuse(row -> row.get("brand").equals("bad"));
        sink.start(RAW);

        assertThatThrownBy(() ->
                        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "bad"), record(RAW, 2, "Dell")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("catalog-sink: record at products.raw-0 offset 1 cannot be written");
        assertThat(sink.preCommit(RAW, 3)).isEmpty();
        assertThatThrownBy(() -> sink.task.put(List.of())).isInstanceOf(DataException.class);
    }

    @Test
    void rejectedRecordsAreSkippedWhenToleratedWithoutADeadLetterQueue() {
        sink.properties.put("errors.tolerance", "all");
        sink.start(RAW);
        sink.putUntilSettled(new SinkRecord("products.raw", 0, null, null, null, "text", 2), record(RAW, 3, "Dell"));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(3L);
    }

    @Test
    void tombstonesAreSkipped() {
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
                .hasMessage(
                        "catalog-sink: record at products.raw-0 offset 2 cannot be written to table products_raw: it is"
                                + " a tombstone, a record without a value, and rows are only appended. To continue, set"
                                + " tombstones=skip or tombstones=dead-letter.");
    }

    @Test
    void recordWithADateThatBigQueryDoesNotAcceptForStreamingIsRejected() {
        sink.start(RAW);
        Struct old = product("HP").put("catalog_date", Date.from(Instant.parse("1955-01-01T00:00:00Z")));
        SinkRecord record = new SinkRecord("products.raw", 0, null, "k", PRODUCT, old, 4);

        assertThatThrownBy(() -> sink.task.put(List.of(record)))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("catalog-sink: record at products.raw-0 offset 4 cannot be written to table"
                        + " products_raw: the date in partition column 'catalog_date' is outside of the range that BigQuery"
                        + " accepts for streaming, \\d{4}-\\d{2}-\\d{2} to \\d{4}-\\d{2}-\\d{2}\\. Load such rows with a"
                        + " load job, or partition by another column\\. To skip .*");
    }

    @Test
    void timestampColumnCanBeThePartitionColumn() {
        sink.properties.put("partition.field", "_time");
        sink.properties.put("timestamp.column", "_time");
        sink.start(RAW);
        SinkRecord old =
                new SinkRecord("products.raw", 0, null, "k", PRODUCT, product("HP"), 0, 5L, TimestampType.CREATE_TIME);

        assertThatThrownBy(() -> sink.task.put(List.of(old)))
                .hasMessageContaining("the date in partition column '_time' is outside of the range");
    }
}
