package io.catalogconnect.bigquery.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TypesReferenceTest {

    private static final String HEAD = """
            # Connect types and BigQuery column types

            A record's value is a struct. Each of its fields becomes a column: an optional field a NULLABLE column, any other
            field a REQUIRED column. The columns of `header.columns` and `timestamp.column` follow the fields. The last columns
            are `_kafka_topic`, `_kafka_partition` and `_kafka_offset`: the record's position in Kafka before any
            transformation. [Columns of CSV files](columns.md) describes how the columns of a CSV file are declared. This page
            is generated from the code.

            | Connect schema | BigQuery column | protobuf type in an append |
            |---|---|---|
            """;

    private static final String TAIL = """

            - A decimal with a scale of at most 9 (and, if `connect.decimal.precision` is declared, at most 29 digits before the
              point) becomes NUMERIC. Otherwise, with a scale of at most 38 (and at most 38 declared digits before the point)
              it becomes BIGNUMERIC. A record with any other decimal is rejected. With a declared precision of 10 and a scale of 2, the new
              column is NUMERIC(10, 2).
            - Debezium's `VariableScaleDecimal` becomes BIGNUMERIC, or NUMERIC or STRING with `variable.scale.decimals`. An
              existing column of another type leads, also a STRUCT of scale and value.
            - A record is rejected if a value has more digits than its column permits.
            - A null array becomes an empty array, because BigQuery has no null arrays. A record with a null element in an
              array, an array of arrays or an array of maps is rejected.
            - A map becomes an array of its entries, a null map an empty array.
            - Structs may be nested up to 15 levels.
            - Debezium timestamps without a time zone become DATETIME. Timestamps with a time zone become TIMESTAMP in UTC.
              Values are truncated to microseconds.
            - Other schema names have no effect: a string named `io.debezium.data.Uuid` becomes STRING.

            ## Columns of existing tables

            If the table has the column, its type leads: values are converted to it. A value that would lose something is
            refused: its record is rejected, and the message names the field and both types. All other combinations of types
            are refused when the table is compared with the record's schema. The first column is the type that the field would
            get in a new table.

            | field | existing column | what is written | what is refused |
            |---|---|---|---|
            """;

    private static final String AFTER_COLUMNS = """
            | BOOL, INT64, FLOAT64, NUMERIC, BIGNUMERIC | JSON | a number or boolean of JSON | NaN and infinity, a number that JSON columns round |
            | DATE, TIME, DATETIME, TIMESTAMP | JSON | text of ISO 8601 in quotes |  |
            | STRUCT, a map | JSON | an object, in which values have the form of this table, and strings are quoted | bytes, a map with keys that are not text |
            | an array | JSON (not REPEATED) | an array, likewise | bytes |
            | Debezium's Geometry, Geography and Point | GEOGRAPHY | WKT. Edges of lines and polygons are geodesic | a spatial reference other than 4326, a third coordinate, curves |

            - Integers in TIMESTAMP, DATETIME and TIME columns are milliseconds, or microseconds with `integer.time.unit=micros`.
              The setting is explicit, because the unit cannot be recognized from a number. Microseconds that are read as
              milliseconds are after the year 9999 and refused; milliseconds that are read as microseconds are in January 1970.
            - A JSON column keeps integers from -2^63 to 2^64-1, and other numbers with the precision of a FLOAT64.
            - The conversions also apply to fields of STRUCT columns, to elements of arrays, and to the columns of headers, of
              the timestamp and of the record key.
            - The sink reads the columns when a record with a new schema arrives, and again after the table refused a schema.
            - With `write.mode=replace`, rows are written to the history, so the columns of the history lead.
            - A nullable column that is not in the record may have any type. The sink writes no INTERVAL and no RANGE columns.
              Write a column of another type, and convert it in a view.
            - A NUMERIC(10, 2) column refuses numbers with more digits, which BigQuery would round.
            - BigQuery changes the type of a column only from INT64 to NUMERIC, BIGNUMERIC or FLOAT64, from NUMERIC to
              BIGNUMERIC or FLOAT64, and from BIGNUMERIC to FLOAT64, with `ALTER TABLE ... ALTER COLUMN ... SET DATA TYPE`.
              With `schema.evolution=widen` the sink does this if a record's field has the wider type; fields in STRUCT and
              REPEATED columns are not changed. It needs the permission `bigquery.jobs.create`, because the REST API
              does not change types. Integers that are already encoded fit a column that becomes NUMERIC or BIGNUMERIC; if a
              column becomes FLOAT64 while another task writes integers to it, that task fails or rejects them, and needs a
              restart. After a change by hand, restart the task.

            ## Records without a schema

            If the value is a map without a schema, the table gets a NULLABLE column for each field that any record has had so
            far. Text becomes STRING, integers INT64, other numbers FLOAT64, booleans BOOL, bytes BYTES, and maps STRUCT. Lists
            become REPEATED columns.

            A field gets a column when it first has a value other than null or an empty list. If the table exists by then, this
            needs `schema.evolution=add`; otherwise the record is rejected. If a field changes its type, the record is rejected.
            Such values contain no dates, so partition by `timestamp.column`, or by a header of type date (`header.columns`).

            The type of a number field does not depend on the order of its records:

            1. If the table has the column, its type decides. A FLOAT64 column takes integers, too. An INT64 column takes `10.0`
               and rejects `10.5`.
            2. Otherwise, when the task first sees the field, the column becomes FLOAT64 if any record received so far has a
               decimal point or an exponent in it, else INT64. The records wait until the table has been read.
            3. A later fraction for an INT64 column is rejected. The sink does not change the type of a column, because rows that
               are already encoded would no longer fit. Change it with `ALTER TABLE ... ALTER COLUMN ... SET DATA TYPE FLOAT64`,
               and restart the connector. Records that were rejected before are not written.

            A record is also rejected if its integer would lose digits in a FLOAT64 column (above 2^53). If two tasks see a new
            field at the same time, the one that creates the column decides. Records with a schema have none of these limits.

            ## Names

            The column of a field has the name of the field, with these changes. Each character other than ASCII letters, digits
            and the underscore is replaced by an underscore. With `column.names=flexible`, letters and digits of any script,
            blanks, and `-&%=+:'<>#|` are kept, too: BigQuery's flexible column names. The default is `ascii`, so that the
            columns of existing tables do not change. A name that does not start with a letter or an underscore gets the
            prefix `_`. A name with a prefix that BigQuery reserves (`_TABLE_`, `_FILE_`, `_PARTITION`, `_ROW_TIMESTAMP`,
            `__ROOT__`, `_COLIDENTIFIER`, `_CHANGE_`) gets the prefix `f`.

            A record is rejected if two of its fields get the same column name, ignoring case, or if a name has more than 300
            characters.
            """;

    @Test
    void typeReferenceMatchesTheConverter() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        schemas().forEach((name, schema) -> {
            RowEncoder encoder = SchemaConverter.compile(
                    SchemaBuilder.struct().field("x", schema).build(), List.of());
            page.append("| ")
                    .append(name)
                    .append(" | ")
                    .append(describe(encoder.columns().get(0)))
                    .append(" | ")
                    .append(encoder.descriptor()
                            .getField(0)
                            .getType()
                            .name()
                            .substring("TYPE_".length())
                            .toLowerCase(java.util.Locale.ROOT))
                    .append(" |\n");
        });
        page.append(TAIL);
        for (TypeConversions.Rule rule : TypeConversions.RULES) {
            page.append("| ")
                    .append(rule.from())
                    .append(" | ")
                    .append(rule.to())
                    .append(" | ")
                    .append(rule.written())
                    .append(" | ")
                    .append(rule.refused())
                    .append(" |\n");
        }
        page.append(AFTER_COLUMNS);
        new ReferencePage().check("types.md", page.toString());
    }

    @ParameterizedTest
    @EnumSource(ColumnType.class)
    void columnTypeNamesFieldsExactlyIfTheConverterHasSome(ColumnType type) {
        boolean isConverted = TypeConversions.RULES.stream().anyMatch(rule -> rule.to() == type)
                || schemas().values().stream()
                        .map(schema -> SchemaBuilder.struct().field("x", schema).build())
                        .map(row -> SchemaConverter.compile(row, List.of()).columns())
                        .anyMatch(columns -> columns.get(0).type() == type);
        assertThat(type.written().isEmpty()).isEqualTo(!isConverted);
        assertThat(type.conversion().isEmpty()).isEqualTo(isConverted);
    }

    private static String describe(Column column) {
        String fields = column.fields().isEmpty()
                ? ""
                : " of "
                        + column.fields().stream()
                                .map(field -> field.name() + " " + field.type())
                                .toList();
        return (column.mode() == Column.Mode.REPEATED ? "REPEATED " : "") + column.type() + fields;
    }

    private static Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put("int8, int16, int32, int64", Schema.INT64_SCHEMA);
        schemas.put("float32, float64", Schema.FLOAT64_SCHEMA);
        schemas.put("boolean", Schema.BOOLEAN_SCHEMA);
        schemas.put("string", Schema.STRING_SCHEMA);
        schemas.put("bytes", Schema.BYTES_SCHEMA);
        schemas.put("Connect Decimal, scale 0 to 9", Decimal.schema(9));
        schemas.put("Connect Decimal, scale 10 to 38", Decimal.schema(10));
        schemas.put("Connect Date", Date.SCHEMA);
        schemas.put("Connect Time", Time.SCHEMA);
        schemas.put("Connect Timestamp", Timestamp.SCHEMA);
        schemas.put("`io.debezium.time.Date`", named(SchemaBuilder.int32(), "io.debezium.time.Date"));
        for (String time : List.of("MicroTime", "NanoTime")) {
            schemas.put("`io.debezium.time." + time + "`", named(SchemaBuilder.int64(), "io.debezium.time." + time));
        }
        schemas.put("`io.debezium.time.Time`", named(SchemaBuilder.int32(), "io.debezium.time.Time"));
        for (String time : List.of("Timestamp", "MicroTimestamp", "NanoTimestamp")) {
            schemas.put("`io.debezium.time." + time + "`", named(SchemaBuilder.int64(), "io.debezium.time." + time));
        }
        schemas.put(
                "`io.debezium.time.ZonedTimestamp`", named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"));
        schemas.put("`io.debezium.data.Json`", named(SchemaBuilder.string(), "io.debezium.data.Json"));
        schemas.put(
                "`io.debezium.data.VariableScaleDecimal`",
                SchemaBuilder.struct()
                        .name("io.debezium.data.VariableScaleDecimal")
                        .field("scale", Schema.INT32_SCHEMA)
                        .field("value", Schema.BYTES_SCHEMA)
                        .build());
        schemas.put(
                "struct with a string `a`",
                SchemaBuilder.struct().field("a", Schema.STRING_SCHEMA).build());
        schemas.put("array of string", SchemaBuilder.array(Schema.STRING_SCHEMA).build());
        schemas.put(
                "map of string to int64",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build());
        return schemas;
    }

    private static Schema named(SchemaBuilder builder, String name) {
        return builder.name(name).build();
    }
}
