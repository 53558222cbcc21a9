package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partition ids, bounds, and refused partitionings. */
class PartitioningTest {

    /** The partitioning of a table with a column of each type that may partition, and a STRING column. */
    private static Partitioning of(String partitioning) {
        Table table = ResourceJson.parse(
                "{\"schema\": {\"fields\": [{\"name\": \"day\", \"type\": \"DATE\"}, {\"name\": \"ts\", \"type\": \"TIMESTAMP\"},"
                        + " {\"name\": \"dt\", \"type\": \"DATETIME\"}, {\"name\": \"n\", \"type\": \"INTEGER\"},"
                        + " {\"name\": \"s\", \"type\": \"STRING\"}]}"
                        + (partitioning.isEmpty() ? "" : ", " + partitioning) + "}",
                Table.class);
        return new StoredTable(new TableRef("p", "d", "t"), "t1", table).partitioning();
    }

    private static Partitioning time(String type, @Nullable String field) {
        return of("\"timePartitioning\": {\"type\": \"" + type + "\""
                + (field == null ? "" : ", \"field\": \"" + field + "\"") + "}");
    }

    private static Partitioning range(String range) {
        return of("\"rangePartitioning\": {\"field\": \"n\", \"range\": {" + range + "}}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"HOUR, 2024013117", "DAY, 20240131", "MONTH, 202401", "YEAR, 2024"})
    void rowIsInThePartitionOfItsTime(String type, String id) {
        Instant time = Instant.parse("2024-01-31T17:59:59.999999Z");
        assertThat(time(type, "ts").partitionId(time)).isEqualTo(id);
        assertThat(time(type, "dt").partitionId(LocalDateTime.parse("2024-01-31T17:59:59")))
                .isEqualTo(id);
        assertThat(time(type, null).partitionId(time)).isEqualTo(id);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "HOUR, 2024013117, 2024-01-31T17:00:00Z",
        "DAY, 20240131, 2024-01-31T00:00:00Z",
        "MONTH, 202401, 2024-01-01T00:00:00Z",
        "YEAR, 2024, 2024-01-01T00:00:00Z"
    })
    void partitionStartsAtItsFirstInstant(String type, String id, Instant start) {
        Partitioning partitioning = time(type, "ts");
        assertThat(partitioning.startOf(id)).isEqualTo(start);
        assertThat(partitioning.truncate(Instant.parse("2024-01-31T17:59:59.999999Z")))
                .isEqualTo(start);
    }

    @Test
    void rowWithoutValueIsInTheNullPartition() {
        assertThat(time("DAY", "day").partitionId(null)).isEqualTo("__NULL__");
        assertThat(time("DAY", null).partitionId(null)).isEqualTo("__UNPARTITIONED__");
        assertThat(time("DAY", "DAY").partitionId(LocalDate.of(2024, 1, 31))).isEqualTo("20240131");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "-10, -10",
        "-1, -10",
        "0, 0",
        "9, 0",
        "10, 10",
        "24, 20",
        "25, __UNPARTITIONED__",
        "-11, __UNPARTITIONED__"
    })
    void integerIsInThePartitionOfItsRange(long value, String id) {
        assertThat(range("\"start\": \"-10\", \"end\": \"25\", \"interval\": \"10\"")
                        .partitionId(value))
                .isEqualTo(id);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "DAY, 2024013, Invalid partition decorator $2024013 for a table partitioned by DAY.",
        "DAY, 20240230, Invalid partition decorator $20240230 for a table partitioned by DAY.",
        "DAY, __NULL__, Partition __NULL__ has no start.",
        "HOUR, 2024013124, Invalid partition decorator $2024013124 for a table partitioned by HOUR.",
        "MONTH, 202413, Invalid partition decorator $202413 for a table partitioned by MONTH."
    })
    void invalidDecoratorIsRefused(String type, String id, String message) {
        assertThatThrownBy(() -> time(type, "ts").startOf(id))
                .isInstanceOf(StoreException.class)
                .hasMessage(message);
    }

    @Test
    void tableWithoutPartitionsHasNoDecorator() {
        Partitioning none = of("");
        assertThat(none.isPartitioned()).isFalse();
        assertThat(none.columnName()).isEmpty();
        assertThat(none.sqlId()).isEmpty();
        assertThatThrownBy(() -> none.sqlIn("20240131"))
                .isInstanceOf(StoreException.class)
                .hasMessage("Cannot use the partition decorator $20240131: the table is not partitioned.");
        assertThatThrownBy(() -> none.partitionId(1L)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ingestionTimeTableHasAHiddenColumn() {
        assertThat(time("DAY", null).columnName()).contains("_PARTITIONTIME");
        assertThat(time("DAY", "ts").columnName()).contains("ts");
    }

    @ParameterizedTest(name = "{1} by {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "WEEK | ts | Invalid time partitioning type WEEK. Use HOUR, DAY, MONTH or YEAR.",
                "DAY | none | The field specified for partitioning cannot be found in the schema: none.",
                "HOUR | day | The field specified for time partitioning cannot be of type DATE when the partitioning type is HOUR.",
                "DAY | s | The field specified for time partitioning can only be of type TIMESTAMP, DATE or DATETIME. The type found is:"
                        + " STRING."
            })
    void invalidTimePartitioningIsRefused(String type, String field, String message) {
        assertThatThrownBy(() -> time(type, field))
                .isInstanceOf(StoreException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"start\": \"0\", \"end\": \"10\" | The range of rangePartitioning needs start, end and interval.",
                "\"start\": \"5\", \"end\": \"5\", \"interval\": \"1\" | The range of rangePartitioning needs end > start and interval > 0;"
                        + " got start 5, end 5, interval 1.",
                "\"start\": \"0\", \"end\": \"5\", \"interval\": \"0\" | The range of rangePartitioning needs end > start and interval > 0;"
                        + " got start 0, end 5, interval 0."
            })
    void invalidRangeIsRefused(String range, String message) {
        assertThatThrownBy(() -> range(range))
                .isInstanceOf(StoreException.class)
                .hasMessage(message);
    }

    @Test
    void rangeOverAnotherTypeIsRefused() {
        assertThatThrownBy(
                        () -> of(
                                "\"rangePartitioning\": {\"field\": \"s\", \"range\": {\"start\": \"0\", \"end\": \"1\", \"interval\": \"1\"}}"))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "The field specified for range partitioning can only be of type INTEGER. The type found is: STRING.");
    }

    @Test
    void timeAndRangePartitioningTogetherAreRefused() {
        assertThatThrownBy(() ->
                        of("\"timePartitioning\": {\"type\": \"DAY\"}, \"rangePartitioning\": {\"field\": \"n\"}"))
                .isInstanceOf(StoreException.class)
                .hasMessage("Only one of timePartitioning and rangePartitioning can be specified.");
    }
}
