package io.catalogconnect.bigquery.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.convert.ConversionRules;
import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.record.ChangeRules.DeleteWhen;
import io.catalogconnect.bigquery.record.ChangeRules.KeySource;
import io.catalogconnect.bigquery.record.HeaderColumns.HeaderColumn;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.PolicyTags;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The row of a record in upsert mode, for each source of the key, the version and the deletion. */
final class ChangedRowsTest {

    private static final Schema KEY = SchemaBuilder.struct()
            .field("id", Schema.INT32_SCHEMA)
            .field("shop", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema FLOATING_KEY =
            SchemaBuilder.struct().field("price", Schema.FLOAT64_SCHEMA).build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .field("price", Schema.FLOAT64_SCHEMA)
            .field("seq", Schema.OPTIONAL_INT64_SCHEMA)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    private final List<TableShape> shapes = new ArrayList<>();

    private RowFactory factory(ChangeRules rules) {
        HeaderColumns headers = new HeaderColumns(
                List.of(HeaderColumn.parse("h.key:hkey:string"), HeaderColumn.parse("h.version:hversion:int64")), "");
        return new RowFactory(
                new ChangedRows(rules, headers, ColumnNaming.ASCII),
                new TableLayout(
                        Partitioning.NONE,
                        List.of(),
                        Map.of(),
                        new Descriptions("", Map.of(), ColumnNaming.ASCII),
                        new PolicyTags(Map.of())),
                ConversionRules.DEFAULT,
                (format, shape, columns) -> {
                    shapes.add(shape);
                    return true;
                },
                Clock.systemUTC());
    }

    private static ChangeRules rules(String source, String columns, String version, String deleteWhen) {
        return new ChangeRules(
                KeySource.valueOf(source),
                columns.isEmpty() ? List.of() : List.of(columns.split(" ", -1)),
                version.isEmpty() ? Optional.empty() : Optional.of(version),
                deleteWhen.isEmpty() ? Optional.empty() : Optional.of(new DeleteWhen("op", deleteWhen)),
                0,
                Optional.empty());
    }

    private static SinkRecord record(String key, String value, String headers) {
        ConnectHeaders all = new ConnectHeaders();
        if (!headers.isEmpty()) {
            String[] parts = headers.split(" ", -1);
            all.addString("h.key", parts[0]);
            if (parts.length > 1) {
                all.addLong("h.version", Long.parseLong(parts[1]));
            }
        }
        Object recordKey = key(key);
        Struct recordValue = value(value);
        return new SinkRecord(
                "t",
                0,
                recordKey instanceof Struct struct ? struct.schema() : key.isEmpty() ? null : Schema.STRING_SCHEMA,
                recordKey,
                recordValue == null ? null : VALUE,
                recordValue,
                10,
                0L,
                TimestampType.CREATE_TIME,
                all);
    }

    private static @Nullable Object key(String key) {
        if (key.startsWith("{")) {
            String[] parts = key.substring(1, key.length() - 1).split(" ", -1);
            if (parts[0].contains(".")) {
                return new Struct(FLOATING_KEY).put("price", Double.valueOf(parts[0]));
            }
            return new Struct(KEY)
                    .put("id", Integer.valueOf(parts[0]))
                    .put("shop", parts[1].equals("-") ? null : parts[1]);
        }
        return key.isEmpty() ? null : key;
    }

    private static @Nullable Struct value(String value) {
        if (value.isEmpty()) {
            return null;
        }
        String[] parts = value.split(" ", -1);
        return new Struct(VALUE)
                .put("id", Long.valueOf(parts[0]))
                .put("name", parts[1].equals("-") ? null : parts[1])
                .put("price", 1.5)
                .put("seq", parts[2].equals("-") ? null : Long.valueOf(parts[2]))
                .put("op", parts[3]);
    }

    private static String text(Row row) throws Exception {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("row.proto")
                .addMessageType(row.format().descriptor())
                .build();
        Descriptor descriptor = FileDescriptor.buildFrom(file, new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
        DynamicMessage message = DynamicMessage.parseFrom(descriptor, row.bytes());
        List<String> fields = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (!field.getKey().getName().startsWith("_kafka_")) {
                fields.add(field.getKey()
                                .getName()
                                .replace("_CHANGE_TYPE", "type")
                                .replace("_CHANGE_SEQUENCE_NUMBER", "no")
                        + "=" + field.getValue());
            }
        }
        return String.join(" ", fields);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/record/changes.csv", numLinesToSkip = 1, maxCharsPerColumn = 1_000, emptyValue = "")
    void recordBecomesAChange(
            String source,
            @Nullable String columns,
            @Nullable String version,
            @Nullable String deleteWhen,
            @Nullable String key,
            @Nullable String value,
            @Nullable String headers,
            String expected)
            throws Exception {
        RowFactory factory = factory(rules(source, orEmpty(columns), orEmpty(version), orEmpty(deleteWhen)));
        SinkRecord record = record(orEmpty(key), orEmpty(value), orEmpty(headers));
        String actual;
        if (record.value() == null && factory.tombstoneRefusal().isPresent()) {
            actual = "refused: " + factory.tombstoneRefusal().get();
        } else {
            try {
                actual = text(factory.row(record, "t", null));
            } catch (ConversionException e) {
                actual = "refused: " + e.getMessage();
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Test
    void onlyKeyColumnsOfTheTableAreRequiredAndTheyClusterIt() {
        RowFactory factory = factory(rules("RECORD_KEY", "", "", "d"));
        factory.row(record("{1 a}", "1 x - u", ""), "t", null);
        assertThat(shapes).hasSize(1);
        assertThat(shapes.get(0).columns().toString())
                .isEqualTo("[name STRING, price FLOAT64, seq INT64, hkey STRING, hversion INT64, id INT64 REQUIRED,"
                        + " shop STRING REQUIRED, _kafka_topic STRING REQUIRED, _kafka_partition INT64 REQUIRED,"
                        + " _kafka_offset INT64 REQUIRED]");
        assertThat(shapes.get(0).primaryKey()).containsExactly("id", "shop");
        assertThat(shapes.get(0).clustering()).containsExactly("id", "shop");
    }

    @Test
    void tombstoneHasTheFormatOfTheRecordsBeforeIt() {
        RowFactory factory = factory(rules("RECORD_KEY", "", "", ""));
        Row upsert = factory.row(record("{1 a}", "1 x - u", ""), "t", null);
        Row delete = factory.row(record("{1 a}", "", ""), "t", null);
        assertThat(delete.format()).isSameAs(upsert.format());
    }

    /** A row that is not written yet may have its key. */
    @Test
    void tombstoneAfterAnotherRecordIsWrittenAlthoughTheTableDoesNotExist() {
        RowFactory factory = factory(rules("RECORD_KEY", "", "", ""));
        assertThat(factory.deletesNothing(record("{1 a}", "", ""), "t")).isTrue();

        factory.row(record("{1 a}", "1 x - u", ""), "t", null);
        factory.learn("t", Optional.empty(), List.of());
        assertThat(factory.deletesNothing(record("{1 a}", "", ""), "t")).isFalse();
    }

    /** Other schemas of keys, as from another topic of the table, after a first record with the key {@code {1 a}}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop=b,id=2                    | id=2 shop=b type=DELETE no=0/a",
                "Shop=b,ID=2                    | id=2 shop=b type=DELETE no=0/a",
                "id=2                           | the record key has the fields [id], and the primary key has the columns"
                        + " [id, shop]. List the columns of the primary key in upsert.key.columns.",
                "id=2,code=b                    | the record key has the fields [code, id], and the primary key has the"
                        + " columns [id, shop]. List the columns of the primary key in upsert.key.columns.",
                "id=2,shop=b,SHOP=c             | two fields of the record key would both become the column 'shop'. Rename one"
                        + " of them with a transformation.",
                "id=b,shop=b                    | field 'id' of the record key is of type STRING, and the first record key"
                        + " of the table had INT32. Send keys of one type, or convert them with a transformation."
            })
    void fieldsOfALaterKeyAreFoundByTheirNames(String key, String expected) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String field : key.split(",", -1)) {
            String[] parts = field.split("=", -1);
            fields.put(parts[0], parts[1].matches("[0-9]+") ? Long.valueOf(parts[1]) : parts[1]);
        }
        SchemaBuilder schema = SchemaBuilder.struct();
        fields.forEach((name, value) ->
                schema.field(name, value instanceof Long ? Schema.INT64_SCHEMA : Schema.STRING_SCHEMA));
        Struct struct = new Struct(schema.build());
        fields.forEach(struct::put);

        assertThat(changeAfterFirst("{1 a}", struct)).isEqualTo(expected);
    }

    @Test
    void keyWithoutASchemaIsFoundByTheNamesOfItsColumns() throws Exception {
        RowFactory factory = factory(rules("RECORD_KEY", "", "", ""));
        String first = text(factory.row(tombstone(Map.of("product-id", 1, "Shop", "a")), "t", null));
        String later = text(factory.row(tombstone(Map.of("Shop", "b", "product-id", 2L)), "t", null));

        assertThat(List.of(first, later))
                .containsExactly("product_id=1 Shop=a type=DELETE no=0/a", "product_id=2 Shop=b type=DELETE no=0/a");
        assertThatThrownBy(() -> factory.row(tombstone(Map.of("Shop", 3, "product-id", 2L)), "t", null))
                .isInstanceOf(ConversionException.class)
                .hasMessage("field 'Shop' of the record key is of type INT64, and the first record key of the table had"
                        + " STRING. Send keys of one type, or convert them with a transformation.");
        assertThatThrownBy(() -> factory.row(tombstone(Map.of("Shop", "c")), "t", null))
                .isInstanceOf(ConversionException.class)
                .hasMessage("the record key has the fields [shop], and the primary key has the columns"
                        + " [product_id, shop]. List the columns of the primary key in upsert.key.columns.");
    }

    private String changeAfterFirst(String first, Object key) throws Exception {
        RowFactory factory = factory(rules("RECORD_KEY", "", "", ""));
        factory.row(record(first, "1 x - u", ""), "t", null);
        try {
            return text(factory.row(tombstone(key), "t", null));
        } catch (ConversionException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static SinkRecord tombstone(Object key) {
        return new SinkRecord("t", 0, key instanceof Struct struct ? struct.schema() : null, key, null, null, 10);
    }
}
