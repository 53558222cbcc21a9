package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.ObjectLog.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import io.catalogconnect.bigquery.ObjectLog.Version;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.FaultRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code write.mode=replace} with Google's clients against local-bigquery. */
final class ReplaceIT {

    private static final TopicPartition FIRST = new TopicPartition("products.raw", 0);
    private static final TopicPartition SECOND = new TopicPartition("products.raw", 1);
    private static final String MONDAY = "2026-11-02";
    private static final Version ONE = version("dt=2026-11-02/a.csv", "one", "2026-11-02T10:00:00Z", MONDAY);
    private static final Version TWO = version("dt=2026-11-02/a.csv", "two", "2026-11-02T11:00:00Z", MONDAY);

    private static final Version B = version("dt=2026-11-02/b.csv", "b", "2026-11-02T09:00:00Z", MONDAY);

    private final LocalSink sink;
    private final LocalDataset dataset;
    private final Map<String, String> properties;

    ReplaceIT(@TempDir Path folder) {
        sink = new LocalSink(folder);
        dataset = sink.dataset;
        properties = sink.properties;
        properties.put("write.mode", "replace");
        properties.put("replace.min.interval.ms", "0");
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    @Test
    void correctedObjectReplacesItsPreviousVersion() {
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5);
        BigQueryPartitionSinkTask task = startTask(log);
        putUntilSettled(task, log, 0);
        assertThat(rowsOf("one")).isEqualTo(5);

        int next = log.next();
        log.deliver(TWO, 3);
        putUntilSettled(task, log, next);

        assertThat(rowsOf("two")).isEqualTo(3);
        assertThat(rows()).isEqualTo(3);
        assertThat(jobs()).isEqualTo(2);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw_history"))
                .isEqualTo(8);
        assertThat(dataset.partitionField("products_raw")).isEqualTo("catalog_date");
        assertThat(dataset.clustering("products_raw")).containsExactly("brand");
        assertThat(dataset.partitionField("products_raw_history")).isEqualTo("_object_date");
        assertThat(task.preCommit(Map.of(FIRST, new OffsetAndMetadata(log.next()))))
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(log.next())));
    }

    @Test
    void redeliveredEndMarkerStartsNoJobInAnotherTask() {
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5);
        putUntilSettled(startTask(log), log, 0);
        putUntilSettled(startTask(log), log, 0);
        putUntilSettled(startTask(log), log, log.next() - 1);

        assertThat(rowsOf("one")).isEqualTo(5);
        assertThat(rows()).isEqualTo(5);
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void twoObjectsOfOneDateThatEndInTwoTasksAtOnceAreBothShown() {
        ObjectLog first = new ObjectLog(FIRST).deliver(ONE, 5);
        ObjectLog second = new ObjectLog(SECOND).deliver(B, 4);
        BigQueryPartitionSinkTask one = startTask(first);
        BigQueryPartitionSinkTask two = startTask(second);
        one.put(first.from(0));
        two.put(second.from(0));
        sink.awaitSettled(one, two);

        assertThat(rowsOf("one")).isEqualTo(5);
        assertThat(rowsOf("b")).isEqualTo(4);
        assertThat(rows()).isEqualTo(9);
        assertThat(jobs()).isBetween(1L, 2L);
    }

    @Test
    void newVersionWithoutRowsEmptiesOnlyItsPartition() {
        Version tuesday = version("dt=2026-11-03/a.csv", "tuesday", "2026-11-03T10:00:00Z", "2026-11-03");
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5).deliver(tuesday, 2).deliver(TWO, 0);
        putUntilSettled(startTask(log), log, 0);

        assertThat(rowsOf("tuesday")).isEqualTo(2);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void versionWhoseRowsDidNotAllArriveLeavesTheTableUnchangedUntilTheObjectIsReadAgain() {
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5);
        putUntilSettled(startTask(log), log, 0);
        int next = log.next();
        log.rows(TWO, 0, 2).end(TWO, 3);

        assertThatThrownBy(() -> putUntilSettled(startTask(log), log, next))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("2 of 3 rows arrived in the history of products_raw$20261102.");
        assertThat(rowsOf("one")).isEqualTo(5);
        assertThat(rows()).isEqualTo(5);

        int again = log.next();
        log.deliver(TWO, 3);
        putUntilSettled(startTask(log), log, again);
        assertThat(rowsOf("two")).isEqualTo(3);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void olderVersionThatArrivesLateChangesNothing() {
        ObjectLog log = new ObjectLog(FIRST).deliver(TWO, 3).deliver(ONE, 5);
        BigQueryPartitionSinkTask task = startTask(log);
        putUntilSettled(task, log, 0);

        assertThat(rowsOf("two")).isEqualTo(3);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void versionWithoutAnEndMarkerChangesNothing() {
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5).rows(TWO, 0, 3);
        putUntilSettled(startTask(log), log, 0);

        assertThat(rowsOf("one")).isEqualTo(5);
        assertThat(rows()).isEqualTo(5);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw_history"))
                .isEqualTo(8);
    }

    @Test
    void objectThatIsReadAgainShowsEachRowOfTheLastReadingOnce() {
        ObjectLog log = new ObjectLog(FIRST)
                .rows(ONE, 0, 2)
                .deliver(ONE, 5) // the source restarted
                .rows(ONE, 1, 4) // the source read it again, with a rule that drops the first and the last row
                .end(ONE, 5);
        properties.put("replace.filtered.topics", FIRST.topic());
        BigQueryPartitionSinkTask task = startTask(log);
        putUntilSettled(task, log, 0);

        assertThat(rows()).isEqualTo(3);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(3);
        assertThat(dataset.number("SELECT MIN(_kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(8);
    }

    @Test
    void newFullDatasetReplacesTheTable() {
        properties.put("replace.unit", "table");
        Version next = version("full.csv", "next", "2026-11-03T10:00:00Z", "2026-11-03");
        Version corrected = version("corrected.csv", "late", "2026-11-04T10:00:00Z", MONDAY);
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5);
        BigQueryPartitionSinkTask task = startTask(log);
        putUntilSettled(task, log, 0);
        assertThat(rowsOf("one")).isEqualTo(5);
        Field tagged = tagBrand();
        putUntilSettled(task, log.deliver(next, 4), 6);
        assertThat(rowsOf("next")).isEqualTo(4);
        assertThat(rows()).isEqualTo(4);
        putUntilSettled(task, log.deliver(corrected, 2), 11);

        assertThat(rows()).as("an earlier date is no newer dataset").isEqualTo(4);
        assertThat(dataset.partitionField("products_raw")).isEqualTo("catalog_date");
        assertThat(dataset.clustering("products_raw")).containsExactly("brand");
        assertThat(fields("products_raw")).contains(tagged);
        assertThat(fields("products_raw_history").get("brand").getPolicyTags()).isEqualTo(tagged.getPolicyTags());
        assertThat(jobs()).isEqualTo(2);
    }

    /** Gives a column what an administrator may have set: a description and a policy tag. */
    private Field tagBrand() {
        Field tagged = fields("products_raw").get("brand").toBuilder()
                .setDescription("Brand of the product")
                .setPolicyTags(PolicyTags.newBuilder()
                        .setNames(List.of("projects/p/locations/us/taxonomies/1/policyTags/2"))
                        .build())
                .build();
        List<Field> fields = fields("products_raw").stream()
                .map(field -> field.getName().equals("brand") ? tagged : field)
                .toList();
        StandardTableDefinition definition = dataset.table("products_raw");
        dataset.info("products_raw").toBuilder()
                .setDefinition(
                        definition.toBuilder().setSchema(Schema.of(fields)).build())
                .build()
                .update();
        return tagged;
    }

    private FieldList fields(String table) {
        return Objects.requireNonNull(dataset.table(table).getSchema()).getFields();
    }

    @Test
    void rowsMissingInTheHistoryAreKeptInThePartition() {
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5);
        BigQueryPartitionSinkTask task = startTask(log);
        putUntilSettled(task, log, 0);
        dataset.change("DELETE FROM catalog.products_raw_history WHERE _object_row > 3");
        int next = log.next();
        log.deliver(B, 2);

        assertThatThrownBy(() -> putUntilSettled(task, log, next))
                .isInstanceOf(ConnectException.class)
                .hasMessage("products_raw$20261102 is not published: table products_raw_history has 3 of the 5 rows of"
                        + " s3://catalog/dt=2026-11-02/a.csv. Raise replace.history.days and the history table's"
                        + " partition expiration if rows expired, then have the source read these objects again.");
        assertThat(rows()).isEqualTo(5);
    }

    @Test
    void jobThatCannotSucceedStopsTheTaskAndIsRetriedByTheNext() {
        dataset.change(
                "CREATE TABLE catalog.products_raw (brand STRING, category_id INT64, comment STRING, catalog_date DATE, _kafka_topic"
                        + " STRING, _kafka_partition INT64, _kafka_offset INT64, _kafka_timestamp TIMESTAMP)");
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 5);

        assertThatThrownBy(() -> putUntilSettled(startTask(log), log, 0))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("products_raw$20261102: job catalog-connect_products_raw_20261102_1_")
                .hasMessageEndingWith(" The table is unchanged. Correct the cause and restart the task.");

        dataset.change("DROP TABLE catalog.products_raw");
        putUntilSettled(startTask(log), log, 0);
        assertThat(rowsOf("one")).isEqualTo(5);
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void tableWithoutARequiredColumnStopsTheTask() {
        dataset.change("CREATE TABLE catalog.products_raw (brand STRING)");
        ObjectLog log = new ObjectLog(FIRST).deliver(ONE, 1);

        assertThatThrownBy(() -> putUntilSettled(startTask(log), log, 0))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("preparing products_raw$20261102: table products_raw ");
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"DROP_ANSWER, 3", "DROP_REQUEST, 9", "DROP_ANSWER, 15"})
    void nextTaskShowsTheNewestVersionWhicheverCallTheTaskDiesAt(Effect effect, int call) throws InterruptedException {
        assertThat(dieAt(effect, call)).as("call %s was reached", call).isTrue();
    }

    @Test
    @Tag("soak")
    void nextTaskShowsTheNewestVersionAfterADeathAtEachCall() throws InterruptedException {
        int calls = 0;
        for (Effect effect : List.of(Effect.DROP_ANSWER, Effect.DROP_REQUEST)) {
            int call = 0;
            while (dieAt(effect, call)) {
                call++;
            }
            calls = Math.max(calls, call);
        }
        assertThat(calls).isGreaterThan(12);
    }

    /** Stops a task at its n-th call after a new version started; false if the task makes fewer calls. */
    private boolean dieAt(Effect effect, int call) {
        String key = "dt=2026-11-02/" + effect + call + ".csv";
        String before = effect + "before" + call;
        String after = effect + "after" + call;
        ObjectLog log = new ObjectLog(
                        new TopicPartition("products.raw", call + (effect == Effect.DROP_ANSWER ? 100 : 200)))
                .deliver(version(key, before, "2026-11-02T10:00:00Z", MONDAY), 4);
        BigQueryPartitionSinkTask dies = startTask(log);
        putUntilSettled(dies, log, 0);
        int next = log.next();
        log.deliver(version(key, after, "2026-11-02T11:00:00Z", MONDAY), 3);
        dataset.server()
                .faults()
                .add(FaultRule.of(effect).onResource("/bigquery/v2/").after(call));
        dies.put(log.from(next));
        Awaitility.await().atMost(LocalSink.PATIENCE).until(() -> {
            sink.context.timeouts.clear();
            dies.put(List.of());
            return dataset.server().faults().rules().isEmpty() || sink.context.timeouts.isEmpty();
        });
        boolean died = dataset.server().faults().rules().isEmpty();
        dies.stop();
        dataset.server().faults().clear();
        String bothAtOnce = "SELECT COUNTIF(brand = '" + before + "') * 10 + COUNTIF(brand = '" + after
                + "') FROM catalog.products_raw";
        assertThat(dataset.number(bothAtOnce)).isIn(40L, 3L);
        putUntilSettled(startTask(log), log, next);

        assertThat(dataset.number(bothAtOnce)).isEqualTo(3L);
        return died;
    }

    private BigQueryPartitionSinkTask startTask(ObjectLog log) {
        return sink.start(log.partition);
    }

    private void putUntilSettled(BigQueryPartitionSinkTask task, ObjectLog log, int from) {
        sink.putUntilSettled(task, log.from(from));
    }

    private long rows() {
        return dataset.number("SELECT COUNT(*) FROM catalog.products_raw");
    }

    private long rowsOf(String etag) {
        return dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE brand = '" + etag + "'");
    }

    private long jobs() {
        return dataset.number("SELECT SUM(jobs_today) FROM catalog._catalog_connect_publications");
    }
}
