package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.ObjectLog.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.ObjectLog.Version;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.Publication;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import io.catalogconnect.bigquery.simulation.SimulatedVersions;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how the task handles end markers, in both write modes. */
final class ReplaceTaskTest {

    private static final TopicPartition RAW = new TopicPartition("products.raw", 0);
    private static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");
    private static final Version ONE = version("a.csv", "one", "2026-11-02T10:00:00Z", "2026-11-02");
    private static final Version TWO = version("a.csv", "two", "2026-11-02T11:00:00Z", "2026-11-02");

    private final SinkTaskFixture sink = new SinkTaskFixture(new MovableClock(NOON, Duration.ofMillis(5)));
    private final SimulatedBigQuery service = sink.service;
    private final SimulatedVersions versions = sink.versions;
    private final RecordingContext context = sink.context;
    private final Map<String, String> properties = sink.properties;
    private final BigQueryPartitionSinkTask task = sink.task;
    private final ObjectLog log = new ObjectLog(RAW);

    ReplaceTaskTest() {
        properties.put("write.mode", "replace");
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void appendModeIgnoresEndMarkers() {
        properties.put("write.mode", "append");
        properties.put("tombstones", "fail");
        start();
        task.put(log.deliver(ONE, 2).from(0));
        pump();

        assertThat(service.column("products_raw", "brand")).containsExactly("one", "one");
        assertThat(versions.complete()).isEmpty();
        assertThat(committed()).isEqualTo(3);
    }

    @Test
    void rowsAreAppendedToTheHistoryWithTheirObject() {
        start();
        task.put(log.deliver(ONE, 2).from(0));
        pump();

        assertThat(service.rows("products_raw")).isEmpty();
        assertThat(service.column("products_raw_history", "_object_bucket")).containsOnly("catalog");
        assertThat(service.column("products_raw_history", "_object_key")).containsOnly("a.csv");
        assertThat(service.column("products_raw_history", "_object_etag")).containsOnly("one");
        assertThat(service.column("products_raw_history", "_object_row")).containsExactly(1L, 2L);
        assertThat(service.column("products_raw_history", "_object_date")).containsOnly(20_759);
        assertThat(service.column("products_raw_history", "_object_modified")).containsOnly(1_793_613_600_000_000L);
        assertThat(service.shape("products_raw_history"))
                .satisfies(shape -> assertThat(shape.partitioning().field()).contains("_object_date"))
                .satisfies(
                        shape -> assertThat(shape.partitioning().expiration()).contains(Duration.ofDays(400)))
                .satisfies(shape -> assertThat(shape.clustering()).containsExactly("_object_key"));
    }

    @Test
    void endMarkerIsNotCommittedBeforeItsVersionIsPublished() {
        start();
        versions.holdJobs();
        task.put(log.deliver(ONE, 2).from(0));
        pump();
        assertThat(versions.submitted()).hasSize(1);
        assertThat(committed()).isEqualTo(2);
        assertThat(context.timeouts).isNotEmpty();

        versions.releaseJobs();
        awaitCommitted(3);
        assertThat(only(versions.submitted()).versions()).containsExactly("2026-11-02/products.raw/0/2");
    }

    @Test
    void endMarkerWaitsForTheRowsBeforeIt() {
        start();
        service.holdAppendAnswers();
        task.put(log.deliver(ONE, 2).from(0));
        pump();
        assertThat(versions.complete()).isEmpty();

        service.releaseAppendAnswers();
        awaitCommitted(3);
        assertThat(versions.complete()).extracting(ObjectVersion::id).containsExactly("2026-11-02/products.raw/0/2");
    }

    @Test
    void versionsThatEndTogetherShareAJob() {
        start();
        task.put(log.deliver(ONE, 2).deliver(TWO, 1).from(0));
        awaitCommitted(5);

        assertThat(only(versions.submitted()).versions()).containsExactly("2026-11-02/products.raw/0/4");
    }

    @Test
    void versionWithoutRowsNeedsNoJobWhileThereIsNoHistory() {
        start();
        task.put(log.deliver(ONE, 0).from(0));
        awaitCommitted(1);

        assertThat(versions.submitted()).isEmpty();
        assertThat(versions.complete()).hasSize(1);
    }

    @Test
    void endMarkerAfterARestartTakesTheLaneOverBeforeItsVersionIsComplete() {
        service.create("products_raw_history", new TableShape(List.of(), Partitioning.NONE, List.of()));
        start();
        task.put(log.deliver(ONE, 0).from(0));
        awaitCommitted(1);

        assertThat(service.calls()).contains("read catalog-sink: products.raw-0 -> products_raw_history");
        assertThat(versions.submitted()).hasSize(1);
    }

    @Test
    void endMarkersOfARevokedPartitionAreForgotten() {
        start();
        versions.holdJobs();
        task.put(log.deliver(ONE, 2).from(0));
        pump();
        task.close(List.of(RAW));
        context.timeouts.clear();
        task.put(List.of());

        assertThat(context.timeouts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void versionWhoseRowsDidNotAllArriveIsNotPublished(int arrived) {
        start();
        List<SinkRecord> records = log.rows(ONE, 0, arrived).end(ONE, 3).from(0);

        assertThatThrownBy(() -> {
                    task.put(records);
                    pump();
                })
                .isInstanceOf(ConnectException.class)
                .hasMessage("catalog-sink: s3://catalog/a.csv of 2026-11-02T10:00:00Z (products.raw-0 offset " + arrived
                        + "): " + arrived
                        + " of 3 rows arrived in the history of products_raw$20261102. The version is not"
                        + " published, and the table is unchanged. Rows were dropped after the source sent them: by a"
                        + " filter, by errors.tolerance=all, or as rejected records. If a transformation drops rows of topic"
                        + " products.raw intentionally, add the topic to replace.filtered.topics and restart the task."
                        + " Otherwise correct the cause, set the connector's offset of products.raw-0 to "
                        + (arrived + 1)
                        + ", and have the source read the object again.");
        assertThat(versions.complete()).isEmpty();
        assertThat(versions.submitted()).isEmpty();
        assertThat(committed()).isLessThanOrEqualTo(arrived);
    }

    @Test
    void versionOfAFilteredTopicIsPublishedWithTheRowsThatArrived() {
        properties.put("replace.filtered.topics", "products.team-a,products.raw");
        start();
        task.put(log.rows(ONE, 0, 2).end(ONE, 3).from(0));
        awaitCommitted(3);

        assertThat(only(versions.submitted()).versions()).containsExactly("2026-11-02/products.raw/0/2");
    }

    @Test
    void versionOfAFilteredTopicIsCompleteIfAllItsRowsWereRejectedAndThereIsNoHistory() {
        properties.put("replace.filtered.topics", "products.raw");
        startWithRowsOfAnotherDate();
        task.put(rowsOfAnotherDate(2));
        awaitCommitted(3);

        assertThat(versions.complete()).extracting(ObjectVersion::offset).containsExactly(2L);
        assertThat(versions.submitted()).isEmpty();
        assertThat(service.hasTable("products_raw_history")).isFalse();
    }

    @Test
    void versionIsNotPublishedIfAllItsRowsWereRejectedAndThereIsNoHistory() {
        startWithRowsOfAnotherDate();
        List<SinkRecord> records = rowsOfAnotherDate(2);

        assertThatThrownBy(() -> {
                    task.put(records);
                    pump();
                })
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith(
                        "catalog-sink: s3://catalog/a.csv of 2026-11-02T10:00:00Z (products.raw-0 offset 2):"
                                + " 0 of 2 rows arrived in the history of products_raw$20261102.");
        assertThat(committed()).isLessThanOrEqualTo(2);
    }

    private void startWithRowsOfAnotherDate() {
        service.refuseQueriesOfMissingTables();
        properties.put("errors.tolerance", "all");
        start();
    }

    /** An object whose rows are rejected, because their date is not the date of the object, and its end marker. */
    private List<SinkRecord> rowsOfAnotherDate(int rows) {
        List<SinkRecord> records = log.deliver(ONE, rows).from(0);
        Date other = Date.from(Instant.parse("2026-11-01T00:00:00Z"));
        records.subList(0, rows).forEach(row -> ((Struct) row.value()).put("catalog_date", other));
        return records;
    }

    @Test
    void wholeTableIsOneUnit() {
        properties.put("replace.unit", "table");
        properties.put("partition.type", "none");
        properties.put("partition.field", "");
        start();
        task.put(log.deliver(ONE, 1).from(0));
        awaitCommitted(2);

        assertThat(versions.complete())
                .extracting(version -> version.unit().toString())
                .containsExactly("products_raw");
    }

    @Test
    void rowWithoutObjectHeadersIsRejected() {
        start();
        SinkRecord row = log.rows(ONE, 0, 1).from(0).get(0);
        SinkRecord without = row.newRecord(
                "products.raw", 0, null, null, row.valueSchema(), row.value(), null, new ConnectHeaders());

        task.put(List.of(without));
        assertThatThrownBy(this::pump)
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "catalog-sink: record at products.raw-0 offset 0 cannot be written to table products_raw: the record has"
                                + " no header 's3.bucket', which write.mode=replace requires. Read the objects with"
                                + " s3-csv-source, and keep its headers in transformations. To skip such records, set"
                                + " errors.tolerance=all; to keep them, also set errors.deadletterqueue.topic.name.");
    }

    @Test
    void rowWithAnotherDateThanItsObjectIsRejected() {
        properties.put("partition.field", "other_date");
        start();
        Schema schema = SchemaBuilder.struct()
                .field(
                        "other_date",
                        org.apache.kafka.connect.data.Date.builder().optional().build())
                .build();
        SinkRecord row = log.rows(ONE, 0, 1).from(0).get(0);
        SinkRecord empty =
                row.newRecord("products.raw", 0, null, null, schema, new Struct(schema), null, row.headers());

        task.put(List.of(empty));
        assertThatThrownBy(this::pump)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(
                        "column 'other_date' is empty, and the date of the row's object is 2026-11-02: with"
                                + " replace.unit=partition they must be equal. Set the source's file.date.column to this"
                                + " column.");
    }

    @Test
    void objectOlderThanTheHistoryIsRejected() {
        properties.put("replace.history.days", "3");
        start();
        task.put(log.deliver(version("b.csv", "b", "2026-11-05T10:00:00Z", "2026-11-03"), 0)
                .from(0));
        List<SinkRecord> tooOld = log.deliver(ONE, 0).from(1);

        assertThatThrownBy(() -> task.put(tooOld))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(
                        "the date of its object is 2026-11-02, and the history keeps 3 days, now from 2026-11-03."
                                + " Raise replace.history.days.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object.rows      |      | the record is an end marker, but has no header 'object.rows'
            object.rows      | many | the record is an end marker, but its header 'object.rows' is not of type INT64: For input string: "many"
            s3.last.modified | now  | the record is an end marker, but its header 's3.last.modified' is not of type TIMESTAMP: Text 'now' could not be parsed at index 0
            """)
    void endMarkerWithAMissingOrMalformedHeaderIsRejected(String header, @Nullable String value, String message) {
        start();
        SinkRecord end = log.end(ONE, 1).from(0).get(0);
        end.headers().remove(header);
        if (value != null) {
            end.headers().addString(header, value);
        }

        assertThatThrownBy(() -> task.put(List.of(end)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delivery.guarantee | at-least-once | write.mode   | write.mode is replace, which requires delivery.guarantee=exactly-once: otherwise the sink cannot determine when a version is complete. Set it, or write.mode=append
            partition.type     | month         | replace.unit | replace.unit is partition, which requires partition.type=day: an object has a date, and a job replaces a whole partition. Set it, or replace.unit=table
            """)
    void unsupportedCombinationOfKeysIsRefused(String key, String value, String refusedKey, String message) {
        properties.put(key, value);
        Config config = new BigQueryPartitionSinkConnector().validate(properties);

        Map<String, List<String>> errors = new TreeMap<>();
        config.configValues().stream()
                .filter(each -> !each.errorMessages().isEmpty())
                .forEach(each -> errors.put(each.name(), each.errorMessages()));
        assertThat(errors).isEqualTo(Map.of(refusedKey, List.of(message)));
    }

    private static Publication only(List<Publication> submitted) {
        assertThat(submitted).hasSize(1);
        return submitted.get(0);
    }

    private void start() {
        sink.start(RAW);
    }

    private void pump() {
        for (int i = 0; i < 20; i++) {
            context.timeouts.clear();
            task.put(List.of());
        }
    }

    private long committed() {
        return task.preCommit(Map.of(RAW, new OffsetAndMetadata(log.next())))
                .getOrDefault(RAW, new OffsetAndMetadata(0))
                .offset();
    }

    private void awaitCommitted(long offset) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            task.put(List.of());
            return committed() == offset;
        });
    }
}
