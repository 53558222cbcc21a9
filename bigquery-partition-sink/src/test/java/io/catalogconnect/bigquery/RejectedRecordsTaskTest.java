package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.SinkTaskFixture.PRODUCT;
import static io.catalogconnect.bigquery.SinkTaskFixture.RAW;
import static io.catalogconnect.bigquery.SinkTaskFixture.offsets;
import static io.catalogconnect.bigquery.SinkTaskFixture.product;
import static io.catalogconnect.bigquery.SinkTaskFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** A report as a worker returns it: its state can be read, and reading its result blocks. */
    private static final class LateReport extends FutureTask<Void> {
        private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

        private LateReport() {
            super(() -> null);
        }

        @Override
        public Void get() throws InterruptedException, ExecutionException {
            readers.add(Thread.currentThread());
            return super.get();
        }
    }

    /** A thread for each report would be blocked for as long as the dead letter queue is slow. */
    @ParameterizedTest
    @CsvSource({"exactly-once, true", "exactly-once, false", "at-least-once, true", "at-least-once, false"})
    void noThreadWaitsForReportsOfRows(String guarantee, boolean isRefusedByTheTable) {
        List<Long> reported = new ArrayList<>();
        List<LateReport> reports = List.of(new LateReport(), new LateReport());
        sink.context.reporter = (record, error) -> {
            reported.add(record.originalKafkaOffset());
            return reports.get(reported.size() - 1);
        };
        sink.properties.put("delivery.guarantee", guarantee);
        sink.properties.put("errors.tolerance", "all");
        sink.service.refuse(row -> row.get("brand").equals("bad"));
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));
        sink.task.put(
                isRefusedByTheTable
                        ? List.of(misfit(1), misfit(2))
                        : List.of(record(RAW, 1, "bad"), record(RAW, 2, "bad")));
        sink.pump();
        assertThat(sink.preCommit(RAW, 3)).isEqualTo(offsets(RAW, 1));
        assertThat(reported).containsExactly(1L, 2L);
        reports.get(1).run();
        assertThat(sink.preCommit(RAW, 3)).isEqualTo(offsets(RAW, 1));
        reports.get(0).run();
        sink.putUntilSettled(record(RAW, 3, "Dell"));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 3L);
        assertThat(sink.preCommit(RAW, 4)).isEqualTo(offsets(RAW, 4));
        assertThat(reports).allSatisfy(report -> assertThat(report.readers).containsExactly(Thread.currentThread()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void partitionIsPausedWhileTheDeadLetterQueueIsSlow(String guarantee) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        sink.context.reporter = (record, error) -> kept;
        sink.properties.put("delivery.guarantee", guarantee);
        sink.properties.put("errors.tolerance", "all");
        sink.properties.put("buffer.max.bytes", "1024");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));
        sink.task.put(LongStream.range(1, 100)
                .mapToObj(RejectedRecordsTaskTest::misfit)
                .toList());
        sink.pump();
        assertThat(sink.context.paused).containsExactly(RAW);
        kept.complete(null);
        sink.putUntilSettled();

        assertThat(sink.context.paused).isEmpty();
        assertThat(sink.preCommit(RAW, 100)).isEqualTo(offsets(RAW, 100));
    }

    @Test
    void partitionIsPausedWhileRecordsThatCannotBeRowsAreReported() {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        sink.context.reporter = (record, error) -> kept;
        sink.properties.put("buffer.max.bytes", "1024");
        sink.start(RAW);
        sink.task.put(LongStream.range(0, 2)
                .mapToObj(offset -> new SinkRecord("products.raw", 0, null, null, null, "text", offset))
                .toList());
        assertThat(sink.context.paused).containsExactly(RAW);
        kept.complete(null);
        sink.putUntilSettled();

        assertThat(sink.context.paused).isEmpty();
        assertThat(sink.preCommit(RAW, 2)).isEqualTo(offsets(RAW, 2));
    }

    @Test
    void failedWriteToTheDeadLetterQueueStopsTheTask() {
        sink.context.reporter =
                (record, error) -> CompletableFuture.failedFuture(new IllegalStateException("no topic"));
        sink.start(RAW);
        SinkRecord text = new SinkRecord("products.raw", 0, null, null, null, "text", 2);

        assertThatTheQueueStopsTheTask(2, text);
        assertThatTheQueueStopsTheTask(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void failedReportOfARowStopsTheTask(String guarantee) {
        FutureTask<Void> failed = new FutureTask<>(() -> {
            throw new IllegalStateException("no topic");
        });
        failed.run();
        sink.context.reporter = (record, error) -> failed;
        sink.properties.put("delivery.guarantee", guarantee);
        sink.properties.put("errors.tolerance", "all");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));

        assertThatTheQueueStopsTheTask(1, misfit(1));
        assertThatTheQueueStopsTheTask(1);
    }

    private void assertThatTheQueueStopsTheTask(long offset, SinkRecord... records) {
        assertThatThrownBy(() -> sink.putUntilSettled(records))
                .isInstanceOf(ConnectException.class)
                .hasMessage("catalog-sink: record at products.raw-0 offset " + offset + " cannot be written to table"
                        + " products_raw: could not be written to the dead letter queue")
                .hasRootCauseMessage("no topic");
        assertThat(sink.preCommit(RAW, 3)).isEmpty();
    }

    /** Connect asks for offsets to commit when it stops a failed task. */
    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void failedTaskCommitsNoOffsetOfARowThatIsNotWritten(String guarantee) {
        sink.properties.put("delivery.guarantee", guarantee);
        sink.service.refuse(row -> row.get("brand").equals("bad"));
        sink.start(RAW);

        assertThatThrownBy(
                        () -> sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "bad"), record(RAW, 2, "Dell")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("catalog-sink: record at products.raw-0 offset 1 cannot be written");
        assertThat(sink.preCommit(RAW, 3)).isEmpty();
        assertThatThrownBy(() -> sink.task.put(List.of())).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @CsvSource({"exactly-once, true", "exactly-once, false", "at-least-once, true", "at-least-once, false"})
    void recordWhoseSchemaDoesNotFitTheTableIsRejectedAndTheOthersAreWritten(String guarantee, boolean hasQueue) {
        Map<Long, String> reported = new TreeMap<>();
        if (hasQueue) {
            sink.context.reporter = (record, error) -> {
                reported.put(record.originalKafkaOffset(), error.getMessage());
                return RecordingContext.REPORTED;
            };
        }
        sink.properties.put("delivery.guarantee", guarantee);
        sink.properties.put("errors.tolerance", "ALL");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));
        sink.putUntilSettled(record(RAW, 1, "Dell"), misfit(2), record(RAW, 3, "Acer"), misfit(4));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L, 3L);
        assertThat(sink.preCommit(RAW, 5)).isEqualTo(offsets(RAW, 5));
        if (hasQueue) {
            assertThat(reported).containsOnlyKeys(2L, 4L);
            assertThat(reported)
                    .containsEntry(
                            2L,
                            "catalog-sink: record at products.raw-0 offset 2 cannot be written to table products_raw:"
                                    + " table products_raw has no column 'weight' (FLOAT64). Add it, or set"
                                    + " schema.evolution=add.");
        }
    }

    @Test
    void recordWhoseSchemaDoesNotFitTheTableStopsTheTaskWithoutTolerance() {
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));

        assertThatThrownBy(() -> sink.putUntilSettled(record(RAW, 1, "Dell"), misfit(2), record(RAW, 3, "Acer")))
                .isInstanceOf(DataException.class)
                .hasMessage("catalog-sink: record at products.raw-0 offset 2 cannot be written to table products_raw:"
                        + " table products_raw has no column 'weight' (FLOAT64). Add it, or set schema.evolution=add. To"
                        + " skip such records, set errors.tolerance=all; to keep them, also set"
                        + " errors.deadletterqueue.topic.name.");
        assertThat(sink.preCommit(RAW, 4)).isEmpty();
    }

    /** Otherwise a crash would lose the record: the table's highest offset would be above it. */
    @Test
    void rowsAfterARecordThatDoesNotFitAreWrittenOnceItIsReported() {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        sink.context.reporter = (record, error) -> kept;
        sink.properties.put("errors.tolerance", "all");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"));
        sink.task.put(List.of(record(RAW, 1, "Dell"), misfit(2), record(RAW, 3, "Acer")));
        sink.pump();

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L);
        assertThat(sink.preCommit(RAW, 4)).isEqualTo(offsets(RAW, 2));
        kept.complete(null);
        sink.putUntilSettled();
        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L, 3L);
    }

    @Test
    void firstRecordThatCannotCreateTheTableIsRejectedAndTheNextOneCreatesIt() {
        sink.properties.put("errors.tolerance", "all");
        sink.start(RAW);
        Schema undated =
                SchemaBuilder.struct().field("brand", Schema.STRING_SCHEMA).build();
        Struct value = new Struct(undated).put("brand", "HP");
        sink.putUntilSettled(new SinkRecord("products.raw", 0, null, null, undated, value, 0), record(RAW, 1, "Dell"));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(1L);
    }

    /** The record was written before the column was dropped, so it must not be in the dead letter queue, too. */
    @Test
    void redeliveredRecordThatIsInTheTableIsNotRejectedAfterTheTableWasChanged() {
        List<Long> reported = new ArrayList<>();
        sink.context.reporter = (record, error) -> {
            reported.add(record.originalKafkaOffset());
            return RecordingContext.REPORTED;
        };
        sink.properties.put("errors.tolerance", "all");
        sink.start(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));
        List<Column> columns = sink.service.shape("products_raw").columns();
        sink.service.update(
                "products_raw",
                columns.stream()
                        .filter(column -> !column.name().equals("comment"))
                        .toList());
        sink.restart(RAW);
        sink.putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"), record(RAW, 2, "Acer"));

        assertThat(reported).containsExactly(2L);
        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L);
    }

    @Test
    void tableWithoutTheColumnsOfTheKafkaPositionStopsTheTaskInsteadOfRejectingEveryRecord() {
        sink.properties.put("errors.tolerance", "all");
        List<Column> columns = List.of(
                Column.of("brand", ColumnType.STRING, Column.Mode.NULLABLE),
                Column.of("category_id", ColumnType.INT64, Column.Mode.NULLABLE),
                Column.of("comment", ColumnType.STRING, Column.Mode.NULLABLE),
                Column.of("catalog_date", ColumnType.DATE, Column.Mode.NULLABLE),
                Column.of("_kafka_timestamp", ColumnType.TIMESTAMP, Column.Mode.NULLABLE));
        sink.service.create("products_raw", new TableShape(columns, Partitioning.NONE, List.of()));
        sink.start(RAW);

        assertThatThrownBy(() -> sink.putUntilSettled(record(RAW, 0, "HP")))
                .isInstanceOf(ConnectException.class)
                .hasMessage("table products_raw has no column '_kafka_topic' (STRING). Add it, or set"
                        + " schema.evolution=add.");
    }

    @Test
    void missingTableThatMayNotBeCreatedStopsTheTaskInsteadOfRejectingEveryRecord() {
        sink.properties.put("errors.tolerance", "all");
        sink.properties.put("table.create", "false");
        sink.start(RAW);

        assertThatThrownBy(() -> sink.putUntilSettled(record(RAW, 0, "HP")))
                .isInstanceOf(ConnectException.class)
                .hasMessage("table products_raw does not exist. Create it, or set table.create=true.");
    }

    @Test
    void tableThatRefusedASchemaIsReadAgain() {
        MovableClock clock = new MovableClock(Instant.parse("2026-02-01T00:00:00Z"));
        SinkTaskFixture later = new SinkTaskFixture(clock);
        later.properties.put("errors.tolerance", "all");
        later.start(RAW);
        later.putUntilSettled(record(RAW, 0, "HP"));
        later.putUntilSettled(misfit(1));
        List<Column> columns =
                new ArrayList<>(later.service.shape("products_raw").columns());
        columns.add(Column.of("weight", ColumnType.FLOAT64, Column.Mode.NULLABLE));
        later.service.update("products_raw", columns);
        later.putUntilSettled(misfit(2));
        clock.advance(Duration.ofSeconds(30));
        later.putUntilSettled(misfit(3));
        later.stop();

        assertThat(later.service.column("products_raw", "_kafka_offset")).containsExactly(0L, 3L);
    }

    /** A record whose schema has a field that the table does not have. */
    private static SinkRecord misfit(long offset) {
        Schema larger = SchemaBuilder.struct()
                .field("brand", Schema.STRING_SCHEMA)
                .field("category_id", Schema.INT64_SCHEMA)
                .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
                .field("catalog_date", org.apache.kafka.connect.data.Date.SCHEMA)
                .field("weight", Schema.OPTIONAL_FLOAT64_SCHEMA)
                .build();
        Struct value = new Struct(larger)
                .put("brand", "heavy")
                .put("category_id", 7L)
                .put("catalog_date", Date.from(Instant.parse("2026-01-31T00:00:00Z")))
                .put("weight", 1.5);
        return new SinkRecord("products.raw", 0, null, "k", larger, value, offset);
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

        assertThatThrownBy(() -> sink.putUntilSettled(record))
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

        assertThatThrownBy(() -> sink.putUntilSettled(old))
                .hasMessageContaining("the date in partition column '_time' is outside of the range");
    }
}
