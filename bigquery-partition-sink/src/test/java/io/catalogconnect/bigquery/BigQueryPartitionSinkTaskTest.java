package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class BigQueryPartitionSinkTaskTest {

    private static final Schema PRODUCT = SchemaBuilder.struct()
            .name("io.catalogconnect.Product")
            .field("brand", Schema.STRING_SCHEMA)
            .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
            .field("catalog_date", org.apache.kafka.connect.data.Date.SCHEMA)
            .build();
    private static final TopicPartition RAW = new TopicPartition("products.raw", 0);
    private static final TopicPartition TEAM = new TopicPartition("products.team-a", 0);

    private final InMemoryPorts service = new InMemoryPorts();
    private final RecordingContext context = new RecordingContext();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "name", "catalog-sink",
            "bigquery.project", "p",
            "bigquery.dataset", "d",
            "bigquery.credentials", "none",
            "tables", "products.raw:products_raw,products.team-a:products_team_a",
            "partition.field", "catalog_date",
            "clustering.fields", "brand",
            "settle.timeout.ms", "50",
            "retry.backoff.ms", "1",
            "retry.backoff.max.ms", "2"));
    private BigQueryPartitionSinkTask task = newTask();

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void recordsGoToTheTablesOfTheirTopicsWithTheirPlaceInKafka() {
        start(RAW, TEAM);
        putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"), record(TEAM, 0, "HP"));

        assertThat(service.column("products_raw", "brand")).containsExactly("HP", "Dell");
        assertThat(service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L);
        assertThat(service.column("products_raw", "_kafka_topic")).containsOnly("products.raw");
        assertThat(service.column("products_raw", "catalog_date")).containsOnly(20_484);
        assertThat(service.column("products_team_a", "brand")).containsExactly("HP");
        assertThat(service.shapes.get("products_raw"))
                .satisfies(shape -> assertThat(shape.partitioning().field()).contains("catalog_date"))
                .satisfies(shape -> assertThat(shape.clustering()).containsExactly("brand"));
        assertThat(preCommit(RAW, 2, TEAM, 1)).isEqualTo(offsets(RAW, 2, TEAM, 1));
    }

    @Test
    void preCommitHoldsBackWhatIsNotAcknowledged() {
        start(RAW);
        service.holdAnswers = true;
        task.put(List.of(record(RAW, 7, "HP"), record(RAW, 8, "Dell")));
        pump();

        assertThat(preCommit(RAW, 9)).isEqualTo(offsets(RAW, 7));
        service.answer();
        pump();
        assertThat(preCommit(RAW, 9)).isEqualTo(offsets(RAW, 9));
    }

    @Test
    void preCommitPassesTheFrameworksOffsetsOverFilteredTails() {
        start(RAW, TEAM);
        putUntilSettled(record(RAW, 3, "HP"));

        assertThat(preCommit(RAW, 90, TEAM, 500)).isEqualTo(offsets(RAW, 90, TEAM, 500));
    }

    @Test
    void aRestartGoesOnAfterTheHighestOffsetOfTheTable() {
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));
        task.stop();
        assertThat(service.released).isTrue();
        task = newTask();
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"), record(RAW, 2, "Acer"));

        assertThat(service.column("products_raw", "brand")).containsExactly("HP", "Dell", "Acer");
    }

    /** A peer keys its rows without the topic, and loses half of them while all offsets are committed. */
    @Test
    void rowsOfTwoTopicsInOneTableAreAllWritten() {
        properties.put("tables", "products.raw:products,products.team-a:products");
        start(RAW, TEAM);
        putUntilSettled(record(RAW, 0, "HP"), record(TEAM, 0, "HP"), record(RAW, 1, "Dell"), record(TEAM, 1, "Dell"));

        assertThat(service.rows("products")).hasSize(4);
        task.stop();
        task = newTask();
        start(RAW, TEAM);
        putUntilSettled(record(RAW, 1, "Dell"), record(TEAM, 1, "Dell"), record(TEAM, 2, "Acer"));
        assertThat(service.rows("products")).hasSize(5);
    }

    /** A peer keys its state on the topic that a transformation made, which is not where the offset counts. */
    @Test
    void aTopicRenamedByATransformationKeepsItsPlaceInKafka() {
        start(RAW);
        SinkRecord renamed =
                record(RAW, 5, "HP").newRecord("products.team-a", 3, null, null, PRODUCT, product("HP"), null);
        putUntilSettled(renamed);

        assertThat(service.column("products_team_a", "_kafka_topic")).containsExactly("products.raw");
        assertThat(service.column("products_team_a", "_kafka_offset")).containsExactly(5L);
        assertThat(preCommit(RAW, 6)).isEqualTo(offsets(RAW, 6));
    }

    /** A peer takes the partition from the wall clock, so that a replay after midnight lands in another one. */
    @Test
    void aReplayAfterMidnightLandsInTheSamePartition() {
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP"));
        Object first = service.column("products_raw", "catalog_date").get(0);
        service.tables.clear();
        task.stop();
        InMemoryPorts later = new InMemoryPorts();
        Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        task = new BigQueryPartitionSinkTask(config -> later.ports(), tomorrow);
        start(RAW);
        task.put(List.of(record(RAW, 0, "HP")));
        Awaitility.await().untilAsserted(() -> {
            task.put(List.of());
            assertThat(later.rows("products_raw")).hasSize(1);
        });

        assertThat(later.column("products_raw", "catalog_date")).containsExactly(first);
    }

    /** A peer keeps its settings in a static registry, so that the first connector's win for the whole worker. */
    @Test
    void twoConnectorsOnOneWorkerKeepTheirOwnSettings() {
        start(RAW);
        InMemoryPorts others = new InMemoryPorts();
        BigQueryPartitionSinkTask other = new BigQueryPartitionSinkTask(config -> others.ports(), Clock.systemUTC());
        Map<String, String> otherProperties = new HashMap<>(properties);
        otherProperties.put("name", "other-sink");
        otherProperties.put("tables", "products.raw:elsewhere");
        other.initialize(context);
        other.start(otherProperties);
        other.open(List.of(RAW));
        putUntilSettled(record(RAW, 0, "HP"));
        other.put(List.of(record(RAW, 0, "HP")));
        Awaitility.await().untilAsserted(() -> {
            other.put(List.of());
            assertThat(others.rows("elsewhere")).hasSize(1);
        });
        other.stop();

        assertThat(service.rows("products_raw")).hasSize(1);
        assertThat(service.rows("elsewhere")).isEmpty();
    }

    /** A peer's put keeps throwing after an outage ended, and its flush waits for ever. */
    @Test
    void anOutagePausesAndEndsWithoutHelp() {
        properties.put("buffer.max.bytes", "1024");
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP"));
        service.down = true;
        List<SinkRecord> many = new ArrayList<>();
        for (int i = 1; i < 200; i++) {
            many.add(record(RAW, i, "HP"));
        }
        task.put(many);
        pump();
        assertThat(context.paused).containsExactly(RAW);
        assertThat(context.timeouts).isNotEmpty();
        assertThat(preCommit(RAW, 200)).isEqualTo(offsets(RAW, 1));

        service.down = false;
        putUntilSettled();
        assertThat(context.paused).isEmpty();
        assertThat(service.rows("products_raw")).hasSize(200);
        assertThat(preCommit(RAW, 200)).isEqualTo(offsets(RAW, 200));
    }

    /** Connect keeps a partition paused that is taken away and comes back in one rebalance; the task forgot that it was. */
    @Test
    void aPartitionThatWasPausedWhenItWasTakenAwayFlowsWhenItComesBack() {
        properties.put("buffer.max.bytes", "1024");
        start(RAW);
        service.down = true;
        task.put(IntStream.range(0, 100)
                .mapToObj(offset -> record(RAW, offset, "HP"))
                .toList());
        assertThat(context.paused).containsExactly(RAW);

        task.close(List.of(RAW));
        task.open(List.of(RAW));
        assertThat(context.paused).isEmpty();
    }

    @Test
    void aTableThatCannotBeMadeNowIsMadeLater() {
        service.down = true;
        start(RAW);
        task.put(List.of(record(RAW, 0, "HP")));
        pump();
        service.down = false;
        putUntilSettled();

        assertThat(service.rows("products_raw")).hasSize(1);
    }

    @Test
    void aFinalErrorStopsTheTaskAtOnceWithWhatToDo() {
        service.catalogFailure =
                new ServiceRefusedException("reading table: 403. Grant the connector's account x.", null);
        start(RAW);

        task.put(List.of(record(RAW, 0, "HP")));

        assertThatThrownBy(this::pump)
                .isInstanceOf(ConnectException.class)
                .hasMessage("reading table: 403. Grant the connector's account x.");
    }

    @Test
    void openAndCloseAskTheNetworkForNothing() {
        start(RAW);
        task.put(List.of());
        task.close(List.of(RAW));
        task.open(List.of(RAW));

        assertThat(service.calls).isEmpty();
    }

    @Test
    void aPartitionThatComesBackIsReadAgainFromTheCommittedOffset() {
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));
        task.close(List.of(RAW));
        task.open(List.of(RAW));
        putUntilSettled(record(RAW, 1, "Dell"), record(RAW, 2, "Acer"));

        assertThat(service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L, 2L);
    }

    /** Kafka counts the records of a topic that is made again from 0; without a look they would be taken for written. */
    @Test
    void aTopicThatWasMadeAgainStopsTheTaskWithWhatToDo() {
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000));
        task.stop();
        task = newTask();
        start(RAW);

        assertThatThrownBy(() -> putUntilSettled(record(RAW, 0, "Acer", 9_000)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("catalog-sink: products.raw-0 -> products_raw: the record at offset 0 is of"
                        + " 1970-01-01T00:00:09Z, and the table's row of that offset of 1970-01-01T00:00:01Z: the topic was"
                        + " deleted and made again. Its records up to offset 1 would be taken for written. Send the topic to"
                        + " another table, or delete the rows of the old topic (where _kafka_topic = 'products.raw' AND"
                        + " _kafka_partition = 0) and set this lane's stream to '' in the registry table; then restart the"
                        + " task.");
        assertThat(service.column("products_raw", "brand")).containsExactly("HP", "Dell");
    }

    @Test
    void aTopicThatIsMadeAgainWhileTheTaskRunsStopsItToo() {
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000));

        assertThatThrownBy(() -> putUntilSettled(record(RAW, 0, "Acer", 9_000)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("the topic was deleted and made again");
    }

    @Test
    void recordsThatAreGivenAgainAreWrittenOnce() {
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000));
        putUntilSettled(record(RAW, 0, "HP", 1_000), record(RAW, 1, "Dell", 2_000), record(RAW, 2, "Acer", 3_000));

        assertThat(service.column("products_raw", "_kafka_offset")).containsExactly(0L, 1L, 2L);
        assertThat(service.column("products_raw", "_kafka_timestamp"))
                .containsExactly(1_000_000L, 2_000_000L, 3_000_000L);
    }

    @Test
    void withoutATimestampColumnNobodyComparesTimestamps() {
        properties.put("timestamp.column", "");
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP", 1_000));
        task.stop();
        task = newTask();
        start(RAW);
        putUntilSettled(record(RAW, 0, "Acer", 9_000), record(RAW, 1, "Dell", 9_000));

        assertThat(service.column("products_raw", "brand")).containsExactly("HP", "Dell");
        assertThat(service.rows("products_raw").get(0).values()).doesNotContainKey("_kafka_timestamp");
    }

    @Test
    void aRecordThatIsNoRowStopsTheTaskWithWhatToDo() {
        start(RAW);
        SinkRecord schemaless = new SinkRecord("products.raw", 0, null, null, null, "text", 4);

        assertThatThrownBy(() -> task.put(List.of(schemaless)))
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
        context.reporter = (record, error) -> {
            reported.add(record.originalKafkaOffset());
            assertThat(error).isInstanceOf(DataException.class);
            return kept;
        };
        service.badRow = row -> row.get("brand").equals("bad");
        start(RAW);
        task.put(List.of(
                record(RAW, 0, "HP"),
                record(RAW, 1, "bad"),
                new SinkRecord("products.raw", 0, null, null, null, "text", 2),
                record(RAW, 3, "Dell")));
        pump();
        assertThat(preCommit(RAW, 4)).isEqualTo(offsets(RAW, 0));
        kept.complete(null);
        putUntilSettled();

        assertThat(reported).containsExactlyInAnyOrder(1L, 2L);
        assertThat(service.column("products_raw", "_kafka_offset")).containsExactly(0L, 3L);
        assertThat(preCommit(RAW, 4)).isEqualTo(offsets(RAW, 4));
    }

    @Test
    void aDeadLetterThatIsNotKeptStopsTheTask() {
        context.reporter = (record, error) -> CompletableFuture.failedFuture(new IllegalStateException("no topic"));
        start(RAW);
        task.put(List.of(new SinkRecord("products.raw", 0, null, null, null, "text", 2)));

        assertThat(preCommit(RAW, 3)).isEmpty();
        assertThatThrownBy(() -> task.put(List.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "catalog-sink: record at products.raw-0 offset 2 does not go into table products_raw: could not"
                                + " be reported to the dead letter queue");
    }

    @Test
    void badRecordsAreLeftOutWhereTheyAreToleratedAndNobodyWantsThem() {
        properties.put("errors.tolerance", "all");
        start(RAW);
        putUntilSettled(new SinkRecord("products.raw", 0, null, null, null, "text", 2), record(RAW, 3, "Dell"));

        assertThat(service.column("products_raw", "_kafka_offset")).containsExactly(3L);
    }

    @Test
    void tombstonesAreLeftOut() {
        start(RAW);
        putUntilSettled(new SinkRecord("products.raw", 0, null, null, null, null, 2), record(RAW, 3, "Dell"));

        assertThat(service.column("products_raw", "_kafka_offset")).containsExactly(3L);
        assertThat(preCommit(RAW, 4)).isEqualTo(offsets(RAW, 4));
    }

    @Test
    void tombstonesGoToTheDeadLetterQueueOrStopTheTaskAsConfigured() {
        List<Long> reported = new ArrayList<>();
        context.reporter = (record, error) -> {
            reported.add(record.originalKafkaOffset());
            return CompletableFuture.completedFuture(null);
        };
        properties.put("tombstones", "dead-letter");
        start(RAW);
        SinkRecord tombstone = new SinkRecord("products.raw", 0, null, "k", null, null, 2);
        putUntilSettled(tombstone);
        assertThat(reported).containsExactly(2L);

        task.stop();
        properties.put("tombstones", "fail");
        task = newTask();
        start(RAW);
        assertThatThrownBy(() -> task.put(List.of(tombstone)))
                .isInstanceOf(DataException.class)
                .hasMessage("catalog-sink: record at products.raw-0 offset 2 does not go into table products_raw: it is"
                        + " a tombstone, a record without a value, and rows are only added. To go on set"
                        + " tombstones=skip, or tombstones=dead-letter.");
    }

    @Test
    void aDateThatCannotBeStreamedIsABadRecordWithAMessageThatSaysSo() {
        start(RAW);
        Struct old = product("HP").put("catalog_date", Date.from(Instant.parse("1955-01-01T00:00:00Z")));
        SinkRecord record = new SinkRecord("products.raw", 0, null, "k", PRODUCT, old, 4);

        assertThatThrownBy(() -> task.put(List.of(record)))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("catalog-sink: record at products.raw-0 offset 4 does not go into table"
                        + " products_raw: column 'catalog_date' decides the partition and lies outside of what BigQuery"
                        + " lets be streamed, from \\d{4}-\\d{2}-\\d{2} to \\d{4}-\\d{2}-\\d{2}\\. Bring such rows"
                        + " in with a load job, or partition by another column\\. To go on .*");
    }

    @Test
    void theTimestampMayDecideThePartition() {
        properties.put("partition.field", "_time");
        properties.put("timestamp.column", "_time");
        start(RAW);
        SinkRecord old =
                new SinkRecord("products.raw", 0, null, "k", PRODUCT, product("HP"), 0, 5L, TimestampType.CREATE_TIME);

        assertThatThrownBy(() -> task.put(List.of(old))).hasMessageContaining("column '_time' decides the partition");
    }

    /** A peer treats a write that failed as success, and deletes what it should have written. */
    @Test
    void aFailedWriteIsNeverTakenForSuccess() {
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP"));
        service.down = true;
        task.put(List.of(record(RAW, 1, "Dell")));
        pump();

        assertThat(preCommit(RAW, 2)).isEqualTo(offsets(RAW, 1));
        service.down = false;
        putUntilSettled();
        assertThat(preCommit(RAW, 2)).isEqualTo(offsets(RAW, 2));
        assertThat(service.column("products_raw", "brand")).containsExactly("HP", "Dell");
    }

    /** A peer's flush waits for ever on a service that never answers. */
    @Test
    @Timeout(20)
    void aCommitWaitsForAnswersNoLongerThanItsTimeOut() {
        start(RAW);
        service.holdAnswers = true;
        task.put(List.of(record(RAW, 0, "HP")));

        assertThat(preCommit(RAW, 1)).isEqualTo(offsets(RAW, 0));
        task.close(List.of(RAW));
        service.answer();
    }

    @Test
    void recordsWithoutASchemaGetTheUnionOfWhatTheirTableHadSoFar() {
        properties.put("partition.type", "none");
        properties.remove("partition.field");
        properties.remove("clustering.fields");
        properties.put("schema.evolution", "add");
        properties.put("table.labels", "team:a,cost:low");
        start(RAW);
        putUntilSettled(
                schemaless(0, Map.of("brand", "HP")),
                schemaless(1, Map.of("year", 1999, "price", 1.5)),
                schemaless(2, Map.of("brand", "Dell", "price", 2)));

        assertThat(service.rows("products_raw").get(0).values()).containsEntry("brand", "HP");
        assertThat(service.rows("products_raw").get(1).values())
                .containsEntry("year", 1999L)
                .containsEntry("price", 1.5)
                .doesNotContainKey("brand");
        assertThat(service.rows("products_raw").get(2).values())
                .containsEntry("brand", "Dell")
                .containsEntry("price", 2.0);
        assertThatThrownBy(() -> task.put(List.of(schemaless(3, Map.of("brand", 7)))))
                .hasMessageContaining("field 'brand' was STRING in earlier records and is INT64. Give the records a"
                        + " schema, or cast the field with a transformation.");
    }

    @Test
    void atLeastOnceWritesToTheDefaultStreamAndNeedsNoPartitionColumn() {
        properties.put("delivery.guarantee", "at-least-once");
        properties.remove("partition.field");
        start(RAW);
        putUntilSettled(record(RAW, 0, "HP"), record(RAW, 1, "Dell"));

        assertThat(service.column("products_raw", "brand")).containsExactly("HP", "Dell");
        assertThat(service.shapes.get("products_raw"))
                .satisfies(shape ->
                        assertThat(shape.partitioning().byIngestionTime()).isTrue());
        assertThat(service.calls).isEmpty();
        assertThat(preCommit(RAW, 2)).isEqualTo(offsets(RAW, 2));
    }

    @Test
    void headersOfEveryTypeFitTheirColumnsOrAreRefused() {
        properties.put("header.columns", "f:_f:float64,b:_b:bool,t:_t:timestamp,s:_s,i:_i:int64,d:_d:date");
        start(RAW);
        Date day = Date.from(Instant.parse("1970-01-02T00:00:00Z"));
        Date moment = Date.from(Instant.parse("1970-01-02T00:00:01Z"));
        putUntilSettled(
                withHeaders(0, new Object[] {"f", "0.5", "b", "true", "t", "1970-01-01T00:00:01Z", "s", day, "i", "7"}),
                withHeaders(1, new Object[] {"f", 2, "t", moment, "s", moment, "d", day}));

        assertThat(service.rows("products_raw").get(0).values())
                .containsEntry("_f", 0.5)
                .containsEntry("_b", true)
                .containsEntry("_t", 1_000_000L)
                .containsEntry("_s", "1970-01-02")
                .containsEntry("_i", 7L)
                .doesNotContainKey("_d");
        assertThat(service.rows("products_raw").get(1).values())
                .containsEntry("_f", 2.0)
                .containsEntry("_t", 86_401_000_000L)
                .containsEntry("_s", "1970-01-02T00:00:01Z")
                .containsEntry("_d", 1);
        assertThatThrownBy(() -> task.put(List.of(withHeaders(2, new Object[] {"i", "seven"}))))
                .hasMessageContaining("header 'i' is not of the type int64 of column '_i'");
        assertThatThrownBy(() -> task.put(List.of(withHeaders(3, new Object[] {"b", "maybe"}))))
                .hasMessageContaining("header 'b' is not of the type bool of column '_b'");
    }

    @Test
    void headersAndTheTimestampBecomeColumns() {
        properties.put("header.columns", "s3.key:_s3_key,csv.row:_csv_row,file.date:_file_date:date");
        properties.put("timestamp.column", "_time");
        start(RAW);
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("s3.key", "catalog/a.csv");
        headers.addLong("csv.row", 12);
        headers.addString("file.date", "1970-01-03");
        putUntilSettled(new SinkRecord(
                "products.raw", 0, null, "k", PRODUCT, product("HP"), 0, 5L, TimestampType.CREATE_TIME, headers));

        assertThat(service.column("products_raw", "_s3_key")).containsExactly("catalog/a.csv");
        assertThat(service.column("products_raw", "_csv_row")).containsExactly(12L);
        assertThat(service.column("products_raw", "_file_date")).containsExactly(2);
        assertThat(service.column("products_raw", "_time")).containsExactly(5_000L);
    }

    private BigQueryPartitionSinkTask newTask() {
        return new BigQueryPartitionSinkTask(config -> service.ports(), Clock.systemUTC());
    }

    private void start(TopicPartition... partitions) {
        task.initialize(context);
        task.start(properties);
        task.open(List.of(partitions));
    }

    private void putUntilSettled(SinkRecord... records) {
        task.put(List.of(records));
        Awaitility.await().until(() -> {
            context.timeouts.clear();
            task.put(List.of());
            return context.timeouts.isEmpty();
        });
    }

    private void pump() {
        for (int i = 0; i < 20; i++) {
            task.put(List.of());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> preCommit(Object... partitionsAndOffsets) {
        return task.preCommit(offsets(partitionsAndOffsets));
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Object... partitionsAndOffsets) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int i = 0; i < partitionsAndOffsets.length; i += 2) {
            offsets.put(
                    (TopicPartition) partitionsAndOffsets[i],
                    new OffsetAndMetadata(((Number) partitionsAndOffsets[i + 1]).longValue()));
        }
        return offsets;
    }

    private static SinkRecord schemaless(long offset, Map<String, Object> value) {
        return new SinkRecord("products.raw", 0, null, "k", null, value, offset);
    }

    private static SinkRecord withHeaders(long offset, Object[] namesAndValues) {
        ConnectHeaders headers = new ConnectHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add((String) namesAndValues[i], namesAndValues[i + 1], null);
        }
        return new SinkRecord(
                "products.raw", 0, null, "k", PRODUCT, product("HP"), offset, 5L, TimestampType.CREATE_TIME, headers);
    }

    private static SinkRecord record(TopicPartition from, long offset, String brand) {
        return new SinkRecord(
                from.topic(), from.partition(), Schema.STRING_SCHEMA, "k", PRODUCT, product(brand), offset);
    }

    private static SinkRecord record(TopicPartition from, long offset, String brand, long timestamp) {
        return new SinkRecord(
                from.topic(),
                from.partition(),
                Schema.STRING_SCHEMA,
                "k",
                PRODUCT,
                product(brand),
                offset,
                timestamp,
                TimestampType.CREATE_TIME);
    }

    private static Struct product(String brand) {
        return new Struct(PRODUCT)
                .put("brand", brand)
                .put("catalog_date", Date.from(Instant.parse("2026-01-31T00:00:00Z")));
    }
}
