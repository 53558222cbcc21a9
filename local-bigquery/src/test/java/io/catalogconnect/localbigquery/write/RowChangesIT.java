package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of rows by primary key through Google's client. */
class RowChangesIT {
    private static final String ROWS = "SELECT n || ' ' || coalesce(s, 'null') FROM $t ORDER BY n";

    @RegisterExtension
    static final WriteFixture bigquery = new WriteFixture();

    private static TableRef table(String... key) throws Exception {
        Table table = new Table()
                .setTableReference(TableRef.of(WriteFixture.DATASET, "t").toReference())
                .setSchema(new TableSchema().setFields(List.of(field("n", "INTEGER"), field("s", "STRING"))));
        if (key.length > 0) {
            table.setTableConstraints(
                    new TableConstraints().setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(List.of(key))));
        }
        return bigquery.table(table);
    }

    /** The descriptor of {@code n}, {@code s} and the pseudo columns. */
    private static Descriptor descriptor() throws Exception {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Change");
        int number = 1;
        for (String name : List.of("n", "s", "_CHANGE_TYPE", "_CHANGE_SEQUENCE_NUMBER")) {
            message.addField(FieldDescriptorProto.newBuilder()
                    .setName(name)
                    .setNumber(number++)
                    .setType(
                            name.equals("n")
                                    ? FieldDescriptorProto.Type.TYPE_INT64
                                    : FieldDescriptorProto.Type.TYPE_STRING)
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL));
        }
        return FileDescriptor.buildFrom(
                        FileDescriptorProto.newBuilder()
                                .setName("change.proto")
                                .addMessageType(message)
                                .build(),
                        new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
    }

    /** Rows of {@code n s type sequence}; a dash stands for no value. */
    private static ProtoRows changes(String... changes) throws Exception {
        Descriptor descriptor = descriptor();
        ProtoRows.Builder rows = ProtoRows.newBuilder();
        for (String change : changes) {
            String[] values = change.split(" ", -1);
            DynamicMessage.Builder row = DynamicMessage.newBuilder(descriptor);
            for (int i = 0; i < values.length; i++) {
                if (!values[i].equals("-")) {
                    row.setField(descriptor.getFields().get(i), i == 0 ? (Object) Long.valueOf(values[i]) : values[i]);
                }
            }
            rows.addSerializedRows(row.build().toByteString());
        }
        return rows.build();
    }

    private static void write(TableRef table, String... changes) throws Exception {
        try (StreamWriter writer = bigquery.writer(table.path() + "/streams/_default", descriptor())) {
            get(writer.append(changes(changes)));
        }
    }

    @Test
    void readerSeesTheChangeWithTheHighestSequenceNumberOfEachKey() throws Exception {
        TableRef table = table("n");
        write(table, "1 a UPSERT 0/A", "1 b UPSERT 0/9", "2 x UPSERT 0/1", "2 - DELETE 0/2", "3 y UPSERT FFF/B");
        assertThat(bigquery.query(table, ROWS)).containsExactly("1 a", "3 y");

        write(table, "3 late UPSERT FFF/A", "3 newer UPSERT FFF/ABC", "2 late UPSERT 0/1", "1 - DELETE ABC");
        assertThat(bigquery.query(table, ROWS)).containsExactly("3 newer");

        write(
                table,
                "1 again UPSERT ABC",
                "4 z UPSERT FFFFFFFFFFFFFFFF/FFFFFFFFFFFFFFFF/0/0",
                "3 late UPSERT BA/FFFFFFFF");
        assertThat(bigquery.query(table, ROWS)).containsExactly("1 again", "3 newer", "4 z");
    }

    @Test
    void lastOfChangesWithoutSequenceNumberCounts() throws Exception {
        TableRef table = table("n");
        write(table, "1 a UPSERT -", "1 b UPSERT -", "2 x UPSERT -");
        write(table, "2 - DELETE -");
        assertThat(bigquery.query(table, ROWS)).containsExactly("1 b");
    }

    @Test
    void changesAndTheirOrderSurviveARestart() throws Exception {
        TableRef table = table("s", "n");
        write(table, "1 a UPSERT 5", "2 a UPSERT 5");
        bigquery.restart();
        write(table, "2 a DELETE 6");
        assertThat(bigquery.query(table, ROWS)).containsExactly("1 a");
        bigquery.restart();
        write(table, "2 a UPSERT 5", "1 b UPSERT 1");
        assertThat(bigquery.query(table, ROWS)).containsExactly("1 a", "1 b");
    }

    @Test
    void newColumnOfAChangedTableIsNullInOlderRows() throws Exception {
        TableRef table = table("n");
        write(table, "1 a UPSERT 5");
        bigquery.addColumn(table, field("more", "STRING"));
        write(table, "2 b UPSERT 6");
        assertThat(bigquery.query(table, "SELECT n || s || coalesce(more, '-') FROM $t ORDER BY n"))
                .containsExactly("1a-", "2b-");
    }

    @Test
    void tableWithoutPrimaryKeyTakesNoChanges() throws Exception {
        TableRef table = table();
        String stream = table.path() + "/streams/_default";
        assertThatThrownBy(() -> write(table, "1 a UPSERT 1"))
                .hasStackTraceContaining("INVALID_ARGUMENT: The primary keys of the table p:d.t are required to create"
                        + " an upsert stream. Entity: " + stream);
    }

    @Test
    void onlyTheDefaultStreamTakesChanges() throws Exception {
        TableRef table = table("n");
        String stream = bigquery.stream(table, WriteStream.Type.COMMITTED).getName();
        try (StreamWriter writer = bigquery.writer(stream, descriptor())) {
            assertThatThrownBy(() -> get(writer.append(changes("1 a UPSERT 1"))))
                    .hasStackTraceContaining("INVALID_ARGUMENT: The given value is not a valid CHANGE_TYPE in insert"
                            + " mode: UPSERT. Entity: " + stream);
        }
    }

    @Test
    void invalidTypeOrSequenceNumberIsARowErrorAndNoRowIsWritten() throws Exception {
        TableRef table = table("n");
        assertThatThrownBy(() -> write(
                        table,
                        "1 a UPSERT 1",
                        "2 a INSERT 1",
                        "3 a - 1",
                        "4 a UPSERT x",
                        "5 a UPSERT 1/2/3/4/5",
                        "6 a UPSERT 12345678901234567"))
                .cause()
                .isInstanceOfSatisfying(
                        Exceptions.AppendSerializtionError.class,
                        e -> assertThat(e.getRowIndexToErrorMessage().toString())
                                .isEqualTo(
                                        "{1=The given value is not a valid CHANGE_TYPE: INSERT,"
                                                + " 2=The given value is not a valid CHANGE_TYPE: null,"
                                                + " 3=The given value is not a valid CHANGE_SEQUENCE_NUMBER: x,"
                                                + " 4=The given value is not a valid CHANGE_SEQUENCE_NUMBER: 1/2/3/4/5,"
                                                + " 5=The given value is not a valid CHANGE_SEQUENCE_NUMBER: 12345678901234567}"));
        assertThat(bigquery.query(table, ROWS)).isEmpty();
    }
}
