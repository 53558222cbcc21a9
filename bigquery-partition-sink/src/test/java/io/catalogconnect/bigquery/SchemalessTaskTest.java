package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.SinkTaskFixture.RAW;
import static io.catalogconnect.bigquery.SinkTaskFixture.offsets;
import static io.catalogconnect.bigquery.SinkTaskFixture.schemaless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Stored;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.MetaColumns;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the task writes records without a schema. */
final class SchemalessTaskTest {

    private final SinkTaskFixture sink = new SinkTaskFixture();
    private final Map<Long, String> rejected = new TreeMap<>();

    @BeforeEach
    void configure() {
        sink.properties.put("partition.type", "none");
        sink.properties.remove("partition.field");
        sink.properties.remove("clustering.fields");
        sink.properties.put("timestamp.column", "");
    }

    @AfterEach
    void stop() {
        sink.stop();
    }

    private void tolerate() {
        sink.properties.put("errors.tolerance", "all");
        sink.context.reporter = (record, error) -> {
            rejected.put(record.originalKafkaOffset(), error.getMessage());
            return RecordingContext.REPORTED;
        };
    }

    @ParameterizedTest
    @CsvSource({"10,10.5", "10.5,10"})
    void numbersOfABatchAreWrittenToOneColumnInAnyOrder(String first, String second) {
        sink.start(RAW);
        sink.putUntilSettled(schemaless(0, price(first)), schemaless(1, price(second)));

        assertThat(sink.service.column("products_raw", "price"))
                .containsExactly(Double.valueOf(first), Double.valueOf(second));
        assertThat(type("price")).isEqualTo(ColumnType.FLOAT64);
    }

    @Test
    void integerIsWrittenToAFloatColumnAfterARestart() {
        sink.start(RAW);
        sink.putUntilSettled(schemaless(0, price("10.5")));
        sink.restart(RAW);
        sink.putUntilSettled(schemaless(1, price("10")));

        assertThat(sink.service.column("products_raw", "price")).containsExactly(10.5, 10.0);
    }

    @Test
    void fractionInAnIntegerColumnIsRejectedAndTheOthersAreWritten() {
        tolerate();
        sink.start(RAW);
        sink.putUntilSettled(schemaless(0, price("10")));
        sink.putUntilSettled(schemaless(1, price("10.5")), schemaless(2, price("11")), schemaless(3, price("12.0")));

        assertThat(sink.service.column("products_raw", "price")).containsExactly(10L, 11L, 12L);
        assertThat(rejected)
                .containsExactly(
                        Map.entry(
                                1L,
                                "catalog-sink: record at products.raw-0 offset 1 cannot be written to table products_raw: field"
                                        + " 'price' has a fraction, and its column is INT64. Change the column with ALTER TABLE ..."
                                        + " ALTER COLUMN ... SET DATA TYPE FLOAT64 and restart the task, or use records with a schema."));
        assertThat(sink.preCommit(RAW, 4)).isEqualTo(offsets(RAW, 4));
    }

    /** One record with a misspelled field must not make the task reject all later ones. */
    @Test
    void recordWithAnUnknownFieldIsRejectedAndTheOthersAreWritten() {
        tolerate();
        sink.start(RAW);
        sink.putUntilSettled(schemaless(0, price("10")));
        sink.putUntilSettled(
                schemaless(1, Map.of("price", 11L, "brnad", "HP")),
                schemaless(2, price("12")),
                schemaless(3, Map.of("brnad", "Dell")));
        sink.putUntilSettled(schemaless(4, price("13")));

        assertThat(sink.service.column("products_raw", "price")).containsExactly(10L, 12L, 13L);
        assertThat(rejected)
                .containsOnlyKeys(1L, 3L)
                .containsEntry(
                        1L,
                        "catalog-sink: record at products.raw-0 offset 1 cannot be written to table products_raw: table"
                                + " products_raw has no column 'brnad' (STRING). Add it, or set schema.evolution=add.");
        assertThat(type("price")).isEqualTo(ColumnType.INT64);
    }

    @Test
    void recordWithAnUnknownFieldStopsTheTaskWithoutTolerance() {
        sink.start(RAW);
        sink.putUntilSettled(schemaless(0, price("10")));

        assertThatThrownBy(() -> sink.putUntilSettled(schemaless(1, Map.of("brand", "HP"))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("catalog-sink: record at products.raw-0 offset 1 cannot be written to table"
                        + " products_raw: table products_raw has no column 'brand' (STRING). Add it");
        assertThat(sink.preCommit(RAW, 2)).isEmpty();
    }

    @Test
    void columnThatAnAdministratorAddedIsUsedWithoutARestart() {
        tolerate();
        sink.start(RAW);
        sink.putUntilSettled(schemaless(0, price("10")));
        sink.putUntilSettled(schemaless(1, Map.of("weight", 1L)));
        List<Column> columns =
                new ArrayList<>(sink.service.shape("products_raw").columns());
        columns.add(Column.of("weight", ColumnType.FLOAT64, Column.Mode.NULLABLE));
        sink.service.update("products_raw", columns);
        sink.putUntilSettled(schemaless(2, Map.of("weight", 2L)));

        assertThat(rejected).containsOnlyKeys(1L);
        assertThat(sink.service.rows("products_raw").get(1).get("weight")).isEqualTo(2.0);
    }

    @Test
    void waitingRecordsAreUnsettledUntilTheColumnsAreRead() {
        sink.service.faults(Faults.DOWN);
        sink.start(RAW);
        sink.task.put(List.of(schemaless(5, price("10")), schemaless(6, price("10.5"))));
        sink.pump();
        assertThat(sink.preCommit(RAW, 7)).isEqualTo(offsets(RAW, 5));

        sink.service.faults(Faults.NONE);
        sink.putUntilSettled();
        assertThat(sink.preCommit(RAW, 7)).isEqualTo(offsets(RAW, 7));
        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(5L, 6L);
    }

    @Test
    void waitingRecordsOfARevokedPartitionAreForgotten() {
        sink.service.faults(Faults.DOWN);
        sink.start(RAW);
        sink.task.put(List.of(schemaless(5, price("10"))));
        sink.task.close(List.of(RAW));
        sink.task.open(List.of(RAW));
        sink.service.faults(Faults.NONE);
        sink.putUntilSettled(schemaless(6, price("10.5")));

        assertThat(sink.service.column("products_raw", "_kafka_offset")).containsExactly(6L);
    }

    /** The task reads the table before another task creates it with another type. */
    @Test
    void typesAreDecidedAgainIfAnotherTaskCreatesTheTableMeanwhile() {
        tolerate();
        sink.start(RAW);
        sink.pump();
        sink.task.put(List.of(schemaless(0, price("10.5"))));
        List<Column> columns = new ArrayList<>(MetaColumns.ALL);
        columns.add(Column.of("price", ColumnType.INT64, Column.Mode.NULLABLE));
        sink.service.create("products_raw", new TableShape(columns, Partitioning.NONE, List.of()));
        sink.putUntilSettled();
        sink.putUntilSettled(schemaless(1, price("11")));

        assertThat(rejected).containsOnlyKeys(0L);
        assertThat(sink.service.rows("products_raw").stream().map(Stored::offset))
                .containsExactly(1L);
    }

    private ColumnType type(String column) {
        return sink.service.shape("products_raw").columns().stream()
                .filter(each -> each.name().equals(column))
                .findFirst()
                .orElseThrow()
                .type();
    }

    private static Map<String, Object> price(String number) {
        return Map.of("price", number.contains(".") ? (Object) Double.valueOf(number) : Long.valueOf(number));
    }
}
