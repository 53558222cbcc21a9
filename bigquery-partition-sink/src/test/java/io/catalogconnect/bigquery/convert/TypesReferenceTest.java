package io.catalogconnect.bigquery.convert;

import io.catalogconnect.bigquery.table.Column;
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

final class TypesReferenceTest {

    private static final String HEAD = """
            # From Connect's types to BigQuery's

            A record's value is a struct; each of its fields is a column. A field that is not optional becomes a REQUIRED
            column, an optional one a NULLABLE column. After the fields come the columns of `header.columns` and
            `timestamp.column`, then `_kafka_topic`, `_kafka_partition` and `_kafka_offset`, which say where in Kafka the
            record was before any transformation. This page is generated from the code. [columns.md](columns.md) describes how
            the columns of a CSV file are declared.

            | Connect schema | BigQuery column | in a request |
            |---|---|---|
            """;

    private static final String TAIL = """

            - A decimal is NUMERIC up to 9 digits after the point (and, where `connect.decimal.precision` is declared, 29
              before it), BIGNUMERIC up to 38, and refused beyond. A value with more digits than its column takes is a bad
              record.
            - An array that is null becomes an empty one: BigQuery has no null arrays. A null among its elements is a bad
              record. Arrays of arrays and of maps are refused.
            - A map becomes a list of its entries.
            - Structs nest up to 15 levels.
            - Debezium's timestamps without a zone become DATETIME, those with one TIMESTAMP, in UTC. What is finer than a
              microsecond is cut off.
            - Schema names that are not listed change nothing: a string named `io.debezium.data.Uuid` is a STRING.

            ## Records without a schema

            A map gets the union of the fields that the records of its table had so far, all of them NULLABLE: text is
            STRING, whole numbers INT64, other numbers FLOAT64, booleans BOOL, bytes BYTES, maps STRUCT, lists REPEATED. A
            field that was null or an empty list so far has no column yet; use `schema.evolution=add` so that it gets one.
            A field that changes its type makes a bad record. There are no dates: partition by `timestamp.column`, or by a
            header with the type date.

            ## Names

            Every character but ASCII letters, digits and the underscore becomes an underscore; a name that does not begin
            with a letter or an underscore gets an underscore in front; a name that begins as BigQuery's own do
            (`_TABLE_`, `_FILE_`, `_PARTITION`, `_ROW_TIMESTAMP`, `__ROOT__`, `_COLIDENTIFIER`, `_CHANGE_`) gets an `f` in
            front. Two fields that would become one column (case does not count) are refused, and so is a name of more
            than 300 characters.
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
        new ReferencePage().check("types.md", page.toString());
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
                "struct",
                SchemaBuilder.struct().field("a", Schema.STRING_SCHEMA).build());
        schemas.put("array of T", SchemaBuilder.array(Schema.STRING_SCHEMA).build());
        schemas.put(
                "map of K to V",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build());
        return schemas;
    }

    private static Schema named(SchemaBuilder builder, String name) {
        return builder.name(name).build();
    }
}
