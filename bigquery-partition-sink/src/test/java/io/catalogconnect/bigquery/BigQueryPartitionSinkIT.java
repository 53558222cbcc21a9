package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TimePartitioning;
import io.catalogconnect.localbigquery.fault.ErrorCode;
import io.catalogconnect.localbigquery.fault.FaultRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The task with Google's clients against local-bigquery. */
final class BigQueryPartitionSinkIT {

    private static final TopicPartition RAW = LocalSink.RAW;

    private final LocalSink sink;
    private final LocalDataset dataset;
    private final Map<String, String> properties;

    BigQueryPartitionSinkIT(@TempDir Path folder) {
        sink = new LocalSink(folder);
        dataset = sink.dataset;
        properties = sink.properties;
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    @Test
    void recordsBecomeRowsOfAPartitionedTable() {
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 2_500));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(2_500);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(2_500);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE comment IS NULL"))
                .isEqualTo(1_250);
        assertThat(dataset.partitionField("products_raw")).isEqualTo("catalog_date");
        assertThat(dataset.clustering("products_raw")).containsExactly("brand");
        assertThat(task.preCommit(Map.of(RAW, new OffsetAndMetadata(2_500))))
                .isEqualTo(Map.of(RAW, new OffsetAndMetadata(2_500)));
    }

    @Test
    void taskWritesMoreLanesThanOneConnectionCarries() {
        int lanes = 130;
        properties.put("takeover.streams.per.second", "1000");
        BigQueryPartitionSinkTask task = sink.start(RAW);
        List<SinkRecord> records = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            TopicPartition partition = new TopicPartition(RAW.topic(), lane);
            task.open(List.of(partition));
            records.addAll(LocalSink.records(partition, 0, 2));
        }
        sink.putUntilSettled(task, records);

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(2L * lanes);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_partition) FROM catalog.products_raw"))
                .isEqualTo(lanes);
        assertThat(dataset.number(
                        "SELECT COUNT(DISTINCT stream) FROM catalog._catalog_connect_streams WHERE epoch = 1"))
                .isEqualTo(lanes);
    }

    /** With this rate, the task creates one stream at once, and the next one a day later. */
    @Test
    void taskCreatesItsShareOfTheWriteStreamsPerSecond() {
        properties.put("takeover.streams.per.second", "1");
        properties.put("tasks.max", "86400");
        TopicPartition other = new TopicPartition(RAW.topic(), 1);
        BigQueryPartitionSinkTask task = sink.start(RAW);
        task.open(List.of(other));
        for (int from = 0; from < 6; from += 2) {
            List<SinkRecord> records = new ArrayList<>(LocalSink.records(RAW, from, from + 2));
            records.addAll(LocalSink.records(other, from, from + 2));
            task.put(records);
            OffsetAndMetadata end = new OffsetAndMetadata(from + 2);
            Awaitility.await().atMost(LocalSink.PATIENCE).until(() -> {
                task.put(List.of());
                return task.preCommit(Map.of(RAW, end, other, end)).containsValue(end);
            });
        }
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_partition) FROM catalog.products_raw"))
                .isEqualTo(1);
    }

    @Test
    void restartedTaskContinuesAfterTheHighestOffset() {
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 100));
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(50, 150));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(150);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(150);
        assertThat(dataset.number("SELECT epoch FROM catalog._catalog_connect_streams"))
                .isEqualTo(2);
    }

    @Test
    void taskWhoseLaneWasTakenOverIsFencedAndWritesNothing() {
        BigQueryPartitionSinkTask old = sink.start(RAW);
        sink.putUntilSettled(old, LocalSink.records(0, 10));
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(10, 20));

        assertThatThrownBy(() -> sink.putUntilSettled(old, LocalSink.records(10, 30)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("catalog-sink: products.raw-0 -> products_raw: fenced by a newer task");
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(20);
    }

    @Test
    void connectorUnderANewNameReplacesTheOldOneAndEachRowIsWrittenOnce() {
        BigQueryPartitionSinkTask blue = sink.start(RAW);
        sink.putUntilSettled(blue, LocalSink.records(0, 60));
        properties.put("name", "green-sink");
        BigQueryPartitionSinkTask refused = sink.start(RAW);
        assertThatThrownBy(() -> sink.putUntilSettled(refused, LocalSink.records(0, 100)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(
                        "green-sink: products.raw-0 -> products_raw: connector catalog-sink owns this lane");
        sink.putUntilSettled(blue, LocalSink.records(60, 80));

        properties.put("other.connectors", "fence");
        BigQueryPartitionSinkTask green = sink.start(RAW);
        sink.putUntilSettled(green, LocalSink.records(0, 100));
        assertThatThrownBy(() -> sink.putUntilSettled(blue, LocalSink.records(80, 120)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("catalog-sink: products.raw-0 -> products_raw: fenced by connector green-sink");
        properties.put("name", "catalog-sink");
        assertThatThrownBy(() -> sink.putUntilSettled(sink.start(RAW), LocalSink.records(80, 120)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("connector green-sink replaced this connector");
        sink.putUntilSettled(green, LocalSink.records(100, 150));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(150);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(150);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog._catalog_connect_streams"))
                .isEqualTo(1);

        dataset.change("UPDATE catalog._catalog_connect_streams SET connector = 'catalog-sink'"
                + " WHERE connector = 'green-sink'");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(140, 160));
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(160);
    }

    @Test
    void registryOfAnEarlierVersionGetsTheNewColumn() {
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 10));
        dataset.change("ALTER TABLE catalog._catalog_connect_streams DROP COLUMN fenced");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(5, 20));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(20);
    }

    @Test
    void taskContinuesAfterBigQueryRestarts() throws IOException {
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 100));
        dataset.server().restart();
        sink.putUntilSettled(task, LocalSink.records(100, 200));

        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(200);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "month, catalog_date, ''",
        "year, catalog_date, ''",
        "day, _time, ''",
        "hour, _time, ''",
        "range, category_id, 0:10000:100"
    })
    void everyPartitionTypeIsCreatedAndWrittenOnceAcrossARestart(String type, String field, String range) {
        properties.put("partition.type", type);
        properties.put("partition.field", field);
        properties.put("partition.range", range);
        properties.put("timestamp.column", "_time");
        properties.put("table.labels", "team:catalog");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 100));
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(50, 150));

        StandardTableDefinition table = dataset.table("products_raw");
        if (type.equals("range")) {
            assertThat(Objects.requireNonNull(table.getRangePartitioning()).getField())
                    .isEqualTo(field);
        } else {
            assertThat(dataset.partitionField("products_raw")).isEqualTo(field);
            assertThat(Objects.requireNonNull(table.getTimePartitioning()).getType())
                    .isEqualTo(TimePartitioning.Type.valueOf(type.toUpperCase(Locale.ROOT)));
        }
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(150);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(150);
    }

    @ParameterizedTest
    @CsvSource({"day, catalog_date, ''", "range, category_id, 0:10000:100"})
    void tableThatRequiresAPartitionFilterIsWrittenExactlyOnce(String type, String field, String range) {
        properties.put("partition.type", type);
        properties.put("partition.field", field);
        properties.put("partition.range", range);
        properties.put("partition.filter.required", "true");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 100));
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(50, 150));

        assertThat(dataset.info("products_raw").getRequirePartitionFilter()).isTrue();
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE " + field + " IS NOT NULL"))
                .isEqualTo(150);
    }

    @Test
    void tableAlteredToRequireAPartitionFilterIsWrittenExactlyOnce() {
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 100));
        dataset.change("ALTER TABLE catalog.products_raw SET OPTIONS (require_partition_filter = true)");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(50, 150));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE catalog_date IS NOT NULL"))
                .isEqualTo(150);
    }

    @Test
    void recreatedTopicStopsTheTaskAndKeepsTheOldRows() {
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 100));
        List<SinkRecord> others = LocalSink.records(0, 10).stream()
                .map(old -> new SinkRecord(
                        RAW.topic(),
                        RAW.partition(),
                        null,
                        "k",
                        SinkTaskFixture.PRODUCT,
                        old.value(),
                        old.kafkaOffset(),
                        old.timestamp() + 1,
                        TimestampType.CREATE_TIME))
                .toList();

        assertThatThrownBy(() -> sink.putUntilSettled(sink.start(RAW), others))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("catalog-sink: products.raw-0 -> products_raw: the record at offset 0 has the"
                        + " timestamp 2026-01-31T12:00:00.001Z, and the table's row of that offset has"
                        + " 2026-01-31T12:00:00Z: the topic was recreated.");
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(100);

        // The fix that the message names.
        dataset.change("DELETE FROM catalog.products_raw WHERE _kafka_topic = 'products.raw' AND _kafka_partition = 0");
        dataset.change("UPDATE catalog._catalog_connect_streams SET stream = '' WHERE topic = 'products.raw'");
        sink.putUntilSettled(sink.start(RAW), others);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(10);
    }

    @Test
    void newTableAndItsColumnsGetTheirDescriptions() {
        properties.put("table.description", "What suppliers send.");
        properties.put("column.descriptions", "brand: Who makes it; _kafka_offset: Where in Kafka it was");
        properties.put("table.labels", "team:catalog");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 1));

        assertThat(dataset.info("products_raw").getDescription()).isEqualTo("What suppliers send.");
        assertThat(dataset.info("products_raw").getLabels()).containsEntry("team", "catalog");
        FieldList fields = Objects.requireNonNull(dataset.table("products_raw").getSchema())
                .getFields();
        assertThat(fields.get("brand").getDescription()).isEqualTo("Who makes it");
        assertThat(fields.get("_kafka_offset").getDescription()).isEqualTo("Where in Kafka it was");
        assertThat(fields.get("comment").getDescription()).isNull();
    }

    @Test
    void columnsGetTheirPolicyTagsAndKeepThoseThatAreNotConfigured() {
        String tag = "projects/p/locations/us/taxonomies/1/policyTags/";
        properties.put("column.policy.tags", "brand: " + tag + "1; comment: " + tag + "2");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 1));
        assertThat(tag("brand")).containsExactly(tag + "1");
        assertThat(tag("comment")).containsExactly(tag + "2");
        assertThat(tag("category_id")).isEmpty();

        properties.put("column.policy.tags", "brand: none; category_id: " + tag + "3");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(1, 2));
        assertThat(tag("brand")).isEmpty();
        assertThat(tag("comment")).containsExactly(tag + "2");
        assertThat(tag("category_id")).containsExactly(tag + "3");
    }

    private List<String> tag(String column) {
        PolicyTags tags = Objects.requireNonNull(dataset.table("products_raw").getSchema())
                .getFields()
                .get(column)
                .getPolicyTags();
        return tags == null || tags.getNames() == null ? List.of() : tags.getNames();
    }

    @Test
    void missingPermissionStopsTheTaskAtOnceAndNamesTheFix() {
        dataset.server()
                .faults()
                .add(FaultRule.error(ErrorCode.PERMISSION_DENIED)
                        .onMethod("AppendRows")
                        .times(100));
        BigQueryPartitionSinkTask task = sink.start(RAW);

        assertThatThrownBy(() -> sink.putUntilSettled(task, LocalSink.records(0, 1)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("PERMISSION_DENIED")
                .hasMessageContaining("Grant the connector's account roles/bigquery.dataEditor on the dataset.");
    }

    @Test
    void atLeastOnceWritesThroughTheDefaultStream() {
        properties.put("delivery.guarantee", "at-least-once");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 500));

        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(500);
    }

    @Test
    void missingDatasetStopsTheTaskAndNamesTheFix() {
        properties.put("bigquery.dataset", "nowhere");
        BigQueryPartitionSinkTask task = sink.start(RAW);

        assertThatThrownBy(() -> sink.putUntilSettled(task, LocalSink.records(0, 1)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Create the dataset, or correct bigquery.project, bigquery.dataset and"
                        + " bigquery.location.");
    }
}
