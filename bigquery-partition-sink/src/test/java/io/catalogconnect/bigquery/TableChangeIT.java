package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.StandardSQLTypeName;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.FaultRule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that change while a task with Google's clients writes them in local-bigquery. */
final class TableChangeIT {

    private static final TopicPartition RAW = LocalSink.RAW;

    private final LocalSink sink;
    private final LocalDataset dataset;
    private final Map<String, String> properties;

    TableChangeIT(@TempDir Path folder) {
        sink = new LocalSink(folder);
        dataset = sink.dataset;
        properties = sink.properties;
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    @Test
    void newColumnIsAddedAndItsRowsWaitUntilTheWriteApiKnowsIt() {
        properties.put("schema.evolution", "add");
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 10));
        dataset.server().faults().add(FaultRule.lasting(Effect.SLOW_SCHEMA, Duration.ofSeconds(2)));
        Schema larger = SchemaBuilder.struct()
                .field("brand", Schema.STRING_SCHEMA)
                .field("category_id", Schema.INT64_SCHEMA)
                .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
                .field("catalog_date", org.apache.kafka.connect.data.Date.SCHEMA)
                .field("weight", Schema.OPTIONAL_FLOAT64_SCHEMA)
                .build();
        Struct product = new Struct(larger)
                .put("brand", "HP")
                .put("category_id", 1L)
                .put("catalog_date", Date.from(Instant.parse("2026-01-31T00:00:00Z")))
                .put("weight", 1.5);
        sink.putUntilSettled(task, List.of(new SinkRecord(RAW.topic(), 0, null, "k", larger, product, 10)));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(11);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE weight = 1.5"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void droppedTableIsCreatedAgain(String guarantee) {
        properties.put("delivery.guarantee", guarantee);
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 10));
        dataset.change("DROP TABLE catalog.products_raw");

        sink.putUntilSettled(task, LocalSink.records(10, 20));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void droppedTableStopsTheTaskIfItMayNotCreateTables(String guarantee) {
        properties.put("delivery.guarantee", guarantee);
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(0, 10));
        properties.put("table.create", "false");
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(10, 20));
        dataset.change("DROP TABLE catalog.products_raw");

        assertThatThrownBy(() -> sink.putUntilSettled(task, LocalSink.records(20, 30)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("table products_raw does not exist. Create it, or set table.create=true.");
    }

    @Test
    void valuesAreConvertedToTheTypesOfAnExistingTableAndLossesAreRejected() {
        properties.put("partition.type", "none");
        properties.remove("partition.field");
        properties.remove("clustering.fields");
        properties.put("errors.tolerance", "all");
        List<String> rejected = new ArrayList<>();
        sink.context.reporter = (record, error) -> {
            rejected.add(error.getMessage());
            return RecordingContext.REPORTED;
        };
        dataset.change("CREATE TABLE catalog.products_raw (j JSON, o JSON, t TIMESTAMP, d DATE, dt DATETIME, c TIME,"
                + " n NUMERIC, b BIGNUMERIC, f FLOAT64, s STRING, g GEOGRAPHY, _kafka_topic STRING, _kafka_partition INT64,"
                + " _kafka_offset INT64, _kafka_timestamp TIMESTAMP)");
        Schema maker =
                SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA).build();
        Schema schema = SchemaBuilder.struct()
                .field("j", Schema.STRING_SCHEMA)
                .field("o", maker)
                .field("t", Schema.STRING_SCHEMA)
                .field("d", Schema.STRING_SCHEMA)
                .field("dt", Schema.INT64_SCHEMA)
                .field("c", Schema.STRING_SCHEMA)
                .field("n", Schema.INT64_SCHEMA)
                .field("b", Schema.FLOAT64_SCHEMA)
                .field("f", Schema.INT64_SCHEMA)
                .field("s", Schema.INT64_SCHEMA)
                .field("g", Schema.STRING_SCHEMA)
                .build();
        Struct value = new Struct(schema)
                .put("j", "[1]")
                .put("o", new Struct(maker).put("name", "Acme"))
                .put("t", "2026-01-31T12:00:00+01:00")
                .put("d", "2026-01-31")
                .put("dt", 1_769_860_800_000L)
                .put("c", "12:00:00")
                .put("n", 7L)
                .put("b", 0.1)
                .put("f", 3L)
                .put("s", 17L)
                .put("g", "POINT(13.4 52.5)");
        Struct lossy = new Struct(schema);
        schema.fields().forEach(field -> lossy.put(field, value.get(field)));
        lossy.put("f", Long.MAX_VALUE);
        sink.putUntilSettled(
                sink.start(RAW),
                List.of(
                        new SinkRecord(RAW.topic(), 0, null, "k", schema, value, 0),
                        new SinkRecord(RAW.topic(), 0, null, "k", schema, lossy, 1)));

        assertThat(dataset.text("SELECT CONCAT(CAST(t AS STRING), ' ', CAST(d AS STRING), ' ', CAST(dt AS STRING), ' ',"
                        + " CAST(c AS STRING), ' ', CAST(n AS STRING), ' ', CAST(b AS STRING), ' ', CAST(f AS STRING), ' ', s)"
                        + " FROM catalog.products_raw"))
                .isEqualTo("2026-01-31 11:00:00+00 2026-01-31 2026-01-31 12:00:00 12:00:00 7 0.1 3 17");
        assertThat(dataset.text("SELECT j FROM catalog.products_raw")).isEqualTo("[1]");
        assertThat(dataset.text("SELECT o FROM catalog.products_raw")).isEqualTo("{\"name\":\"Acme\"}");
        assertThat(dataset.text("SELECT g FROM catalog.products_raw")).isEqualTo("POINT(13.4 52.5)");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0))
                .endsWith(
                        "field 'f': the INT64 value cannot be written to the FLOAT64 column: it has more digits than a"
                                + " FLOAT64 keeps. Correct the value, convert the field with a transformation, or send the topic to"
                                + " another table.");
    }

    @Test
    void columnIsWidenedAndFlexibleNamesAreWritten() {
        properties.put("partition.field", "geändert-am");
        properties.put("clustering.fields", "geändert-am");
        properties.put("schema.evolution", "widen");
        properties.put("column.names", "flexible");
        BigQueryPartitionSinkTask task = sink.start(RAW);
        Schema integers = SchemaBuilder.struct()
                .field("größe-cm", Schema.OPTIONAL_INT64_SCHEMA)
                .field("geändert-am", org.apache.kafka.connect.data.Date.SCHEMA)
                .build();
        Schema decimals = SchemaBuilder.struct()
                .field("größe-cm", Decimal.builder(2).optional().build())
                .field("geändert-am", org.apache.kafka.connect.data.Date.SCHEMA)
                .build();
        sink.putUntilSettled(task, List.of(height(0, integers, 7L)));
        sink.putUntilSettled(task, List.of(height(1, decimals, new BigDecimal("7.25")), height(2, integers, 8L)));

        assertThat(dataset.text("SELECT STRING_AGG(CAST(`größe-cm` AS STRING) ORDER BY _kafka_offset)"
                        + " FROM catalog.products_raw"))
                .isEqualTo("7,7.25,8");
        assertThat(Objects.requireNonNull(dataset.table("products_raw").getSchema())
                        .getFields()
                        .get("größe-cm")
                        .getType()
                        .getStandardType())
                .isEqualTo(StandardSQLTypeName.NUMERIC);
    }

    private static SinkRecord height(long offset, Schema schema, Object height) {
        Struct row = new Struct(schema)
                .put("größe-cm", height)
                .put("geändert-am", Date.from(Instant.now().truncatedTo(ChronoUnit.DAYS)));
        return new SinkRecord(RAW.topic(), 0, null, "k", schema, row, offset);
    }

    @Test
    void viewAsTargetFailsTheTaskBeforeItsFirstRecordAndNamesTheFix() {
        properties.put("tables", "products.raw:products_raw,products.team-a:products_team_a");
        properties.put("errors.tolerance", "all");
        dataset.change("CREATE VIEW catalog.products_team_a AS SELECT 1 AS x");
        BigQueryPartitionSinkTask task = sink.start(RAW);

        assertThatThrownBy(() -> sink.awaitSettled(task))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "p.catalog.products_team_a is a view. Rows can be written only to a table. Choose another name in"
                                + " the configuration, or give the view another name.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void tableThatBecomesAViewStopsTheTaskAndNamesTheFix(String guarantee) {
        properties.put("delivery.guarantee", guarantee);
        properties.put("errors.tolerance", "all");
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 10));
        dataset.change("DROP TABLE catalog.products_raw");
        dataset.change("CREATE VIEW catalog.products_raw AS SELECT 1 AS x");

        assertThatThrownBy(() -> sink.putUntilSettled(task, LocalSink.records(10, 20)))
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "p.catalog.products_raw is a view. Rows can be written only to a table. Choose another name in"
                                + " the configuration, or give the view another name.");
    }

    /** The fix that the message names. */
    @Test
    void integerColumnTakesFractionsOfRecordsWithoutASchemaAfterItsTypeWasChanged() {
        properties.put("partition.type", "none");
        properties.remove("partition.field");
        properties.remove("clustering.fields");
        sink.putUntilSettled(sink.start(RAW), List.of(SinkTaskFixture.schemaless(0, Map.of("price", 10L))));
        List<SinkRecord> fraction = List.of(SinkTaskFixture.schemaless(1, Map.of("price", 10.5)));
        assertThatThrownBy(() -> sink.putUntilSettled(sink.start(RAW), fraction))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(
                        "field 'price' has a fraction, and its column is INT64. Change the column with ALTER"
                                + " TABLE ... ALTER COLUMN ... SET DATA TYPE FLOAT64 and restart the task");
        dataset.change("ALTER TABLE catalog.products_raw ALTER COLUMN price SET DATA TYPE FLOAT64");

        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, fraction);
        sink.putUntilSettled(task, List.of(SinkTaskFixture.schemaless(2, Map.of("price", 11L))));

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE price IN (10, 10.5, 11)"))
                .isEqualTo(3);
    }

    @Test
    void textThatIsNoGeographyIsRejectedAndTheMessageNamesBothTypes() {
        dataset.change(
                "CREATE TABLE catalog.products_raw (brand GEOGRAPHY, _kafka_topic STRING, _kafka_partition INT64,"
                        + " _kafka_offset INT64)");
        BigQueryPartitionSinkTask task = sink.start(RAW);

        assertThatThrownBy(() -> sink.putUntilSettled(task, LocalSink.records(0, 1)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(
                        "field 'brand': the STRING value cannot be written to the GEOGRAPHY column: it is neither WKT,"
                                + " such as POINT(13.4 52.5), nor GeoJSON.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void recordsThatDoNotFitAColumnThatWasDroppedAndAddedWithAnotherTypeAreRejected(String guarantee) {
        List<Long> rejected = new ArrayList<>();
        sink.context.reporter = (record, error) -> {
            rejected.add(record.originalKafkaOffset());
            return RecordingContext.REPORTED;
        };
        properties.put("delivery.guarantee", guarantee);
        properties.put("errors.tolerance", "all");
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 10));
        dataset.change("ALTER TABLE catalog.products_raw DROP COLUMN comment");
        dataset.change("ALTER TABLE catalog.products_raw ADD COLUMN comment INT64");
        sink.putUntilSettled(task, LocalSink.records(10, 12));

        assertThat(rejected).containsExactly(10L, 11L);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void droppedColumnStopsTheTaskOrIsAddedAgain(String guarantee) {
        properties.put("delivery.guarantee", guarantee);
        BigQueryPartitionSinkTask task = sink.start(RAW);
        sink.putUntilSettled(task, LocalSink.records(0, 10));
        dataset.change("ALTER TABLE catalog.products_raw DROP COLUMN comment");

        assertThatThrownBy(() -> sink.putUntilSettled(task, LocalSink.records(10, 20)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("table products_raw has no column 'comment' (STRING). Add it, or set"
                        + " schema.evolution=add.");

        properties.put("schema.evolution", "add");
        sink.putUntilSettled(sink.start(RAW), LocalSink.records(10, 20));
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(20);
    }
}
