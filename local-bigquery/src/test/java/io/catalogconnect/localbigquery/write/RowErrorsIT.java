package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.Appends.rows;
import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import io.catalogconnect.localbigquery.store.TableRef;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Errors of rows, and of the schema that they are written with. */
class RowErrorsIT {
    private static final String ROWS_WRONG =
            "INVALID_ARGUMENT: Errors found while processing rows. Please refer to the row_errors field for details. The list may not be"
                    + " complete because of the size limitations. Entity: ";

    @RegisterExtension
    static final WriteFixture bigquery = new WriteFixture();

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(StreamWriter writer, ProtoRows rows) {
        return assertThatThrownBy(() -> get(writer.append(rows))).cause();
    }

    private void assertRowError(TableRef table, Object bad, String message) throws Exception {
        Descriptor descriptor = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            assertRefused(writer, rows(descriptor, bad))
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializtionError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage()).containsExactly(entry(0, message)))
                    .hasMessage(ROWS_WRONG + stream.getName());
        }
    }

    @Test
    void lengthOfStringIsCountedInCharacters() throws Exception {
        TableRef table = bigquery.table("t", field("foo", "STRING").setMaxLength(2L));
        Descriptor descriptor = bigquery.descriptor(table);
        try (StreamWriter writer = bigquery.writer(table.path() + "/streams/_default", descriptor)) {
            get(writer.append(rows(descriptor, "\uD83D\uDE00\u00e9")));
        }
        assertRowError(
                table,
                "\uD83D\uDE00\u00e9x",
                "Field foo: STRING(2) has maximum length 2 but got a value with length 3 on field foo.");
    }

    @Test
    void bytesLongerThanTheirLimitAreRefused() throws Exception {
        TableRef table = bigquery.table("t", field("b", "BYTES").setMaxLength(2L));
        assertRowError(
                table,
                ByteString.copyFromUtf8("abc"),
                "Field b: BYTES(2) has maximum length 2 but got a value with length 3 on field b.");
    }

    @Test
    void missingRequiredValueIsRowError() throws Exception {
        TableRef table = bigquery.table(
                "t", field("a", "STRING"), field("must", "INTEGER").setMode("REQUIRED"));
        Descriptor partial = bigquery.descriptor(bigquery.table("other", field("a", "STRING")));
        try (StreamWriter writer = bigquery.writer(table.path() + "/streams/_default", partial)) {
            assertRefused(writer, rows(partial, "x"))
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializtionError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage())
                                    .containsExactly(entry(0, "Field must: Missing required field.")));
        }
    }

    @Test
    void numberOutsideTheRangeOfItsColumnIsRefused() throws Exception {
        TableRef table =
                bigquery.table("t", field("n", "NUMERIC").setPrecision(5L).setScale(2L));
        Descriptor text = bigquery.descriptor(bigquery.table("text", field("n", "STRING")));
        try (StreamWriter writer = bigquery.writer(table.path() + "/streams/_default", text)) {
            get(writer.append(rows(text, "999.99")));
            for (String bad : List.of("1000", "1.001")) {
                assertRefused(writer, rows(text, bad))
                        .isInstanceOfSatisfying(
                                Exceptions.AppendSerializtionError.class,
                                e -> assertThat(e.getRowIndexToErrorMessage())
                                        .containsExactly(entry(
                                                0,
                                                "Field n: NUMERIC(5, 2) has precision 5 and scale 2 but got a value that is not in range of"
                                                        + " precision and scale on field n.")));
            }
            assertRefused(writer, rows(text, "many"))
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializtionError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage())
                                    .containsExactly(entry(0, "Field n: Could not parse 'many' as NUMERIC")));
        }
    }

    @Test
    void bignumericWithTooManyDigitsIsRefusedNotRounded() throws Exception {
        TableRef table = bigquery.table("t", field("n", "BIGNUMERIC"));
        Descriptor text = bigquery.descriptor(bigquery.table("text", field("n", "STRING")));
        try (StreamWriter writer = bigquery.writer(table.path() + "/streams/_default", text)) {
            get(writer.append(rows(text, "12345678901234567890.123456789012345678")));
            assertRefused(writer, rows(text, "0.1234567890123456789"))
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializtionError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage())
                                    .containsExactly(entry(
                                            0,
                                            "Field n: local-bigquery stores a BIGNUMERIC without parameters with 20 digits before and 18 after"
                                                    + " the decimal point; declare the column BIGNUMERIC(P,S) with P up to 38. The value has 0 and"
                                                    + " 19.")));
        }
        assertThat(bigquery.query(table, "SELECT CAST(n AS VARCHAR) FROM $t"))
                .containsExactly("12345678901234567890.123456789012345678");
    }

    @Test
    void fieldOfAnotherTypeIsRefused() throws Exception {
        TableRef table = bigquery.table("t", field("d", "DATE"), field("s", "STRING"));
        Descriptor text = bigquery.descriptor(bigquery.table("text", field("d", "STRING")));
        String stream = table.path() + "/streams/_default";
        try (StreamWriter writer = bigquery.writer(stream, text)) {
            assertRefused(writer, rows(text, "2026-01-01"))
                    .hasMessage("INVALID_ARGUMENT: The proto field mismatched with BigQuery field at " + text.getName()
                            + ".d, the proto field type string, BigQuery field type DATE Entity: " + stream);
        }
        Descriptor list =
                bigquery.descriptor(bigquery.table("list", field("s", "STRING").setMode("REPEATED")));
        try (StreamWriter writer = bigquery.writer(stream, list)) {
            assertRefused(writer, rows(list, List.of("a")))
                    .hasMessage("INVALID_ARGUMENT: The proto field mode mismatched with BigQuery field at "
                            + list.getName()
                            + ".s, the proto field mode REPEATED, BigQuery field mode NULLABLE Entity: " + stream);
        }
    }

    @Test
    void unparsableMessageIsRowError() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        Descriptor descriptor = bigquery.descriptor(table);
        ProtoRows broken = ProtoRows.newBuilder()
                .addSerializedRows(ByteString.copyFrom(new byte[] {10, 100, 1}))
                .build();
        try (StreamWriter writer = bigquery.writer(table.path() + "/streams/_default", descriptor)) {
            assertRefused(writer, broken)
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializtionError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage().get(0))
                                    .startsWith("The row is not a message of the given schema: "));
        }
    }

    private TableRef partitioned(String type, String name, String kind) throws SQLException {
        return bigquery.table(new Table()
                .setTableReference(TableRef.of(WriteFixture.DATASET, name).toReference())
                .setSchema(new TableSchema()
                        .setFields(List.of(new TableFieldSchema().setName("at").setType(type))))
                .setTimePartitioning(new TimePartitioning().setType(kind).setField("at")));
    }

    @Test
    void rowsOutsideThePartitionBoundsAreRefused() throws Exception {
        TableRef days = partitioned("DATE", "days", "DAY");
        Descriptor descriptor = bigquery.descriptor(days);
        LocalDate today = LocalDate.of(2026, 6, 15);
        try (StreamWriter writer = bigquery.writer(days.path() + "/streams/_default", descriptor)) {
            get(writer.append(rows(descriptor, day(today.minusDays(3650)), day(today.plusDays(366)))));
        }
        assertRowError(
                days,
                day(LocalDate.of(1955, 1, 1)),
                "The destination table's partition days$19550101 is outside the allowed bounds. You can only stream to partitions within 3650"
                        + " days in the past and 366 days in the future relative to the current date.");
        assertRowError(
                days,
                day(today.plusDays(367)),
                "The destination table's partition days$20270617 is outside the allowed bounds. You can only stream to partitions within 3650"
                        + " days in the past and 366 days in the future relative to the current date.");
        assertRowError(
                partitioned("TIMESTAMP", "hours", "HOUR"),
                0L,
                "The destination table's partition hours$1970010100 is outside the allowed bounds. You can only stream to partitions within"
                        + " 3650 days in the past and 366 days in the future relative to the current date.");
    }

    private static int day(LocalDate date) {
        return (int) date.toEpochDay();
    }
}
