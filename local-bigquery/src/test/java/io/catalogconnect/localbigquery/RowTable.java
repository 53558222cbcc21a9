package io.catalogconnect.localbigquery;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/** A table of numbered rows in a file, and the schema and rows that a client appends to it. */
final class RowTable {
    static final TableRef TABLE = new TableRef("p", "d", "t");

    private RowTable() {}

    static void create(Path file) throws SQLException {
        try (Warehouse warehouse = Warehouse.open(file, Clock.systemUTC(), null)) {
            warehouse.inTransaction(session -> {
                session.createDataset(new Dataset().setDatasetReference(new DatasetRef("p", "d").toReference()));
                return session.createTable(new Table()
                        .setTableReference(TABLE.toReference())
                        .setSchema(new TableSchema()
                                .setFields(List.of(
                                        new TableFieldSchema().setName("n").setType("INTEGER"),
                                        new TableFieldSchema().setName("text").setType("STRING")))));
            });
        }
    }

    /** One number read from a file that no server has open; {@code $t} stands for the table. */
    static long read(Path file, String select) throws SQLException {
        try (Warehouse warehouse = Warehouse.open(file, Clock.systemUTC(), "512MB")) {
            return warehouse.read(session -> {
                String table = session.catalog().requireTable(TABLE).sqlName();
                try (Statement statement = session.connection().createStatement();
                        ResultSet rows = statement.executeQuery(select.replace("$t", table))) {
                    rows.next();
                    return rows.getLong(1);
                }
            });
        }
    }

    static BigQueryWriteClient client(int port) throws IOException {
        return TestClients.storage("127.0.0.1:" + port);
    }

    static String committedStream(BigQueryWriteClient client) {
        return TestClients.stream(client, TABLE.path(), WriteStream.Type.COMMITTED)
                .getName();
    }

    static ProtoSchema schema() {
        return ProtoSchema.newBuilder()
                .setProtoDescriptor(DescriptorProto.newBuilder()
                        .setName("Row")
                        .addField(field("n", 1, FieldDescriptorProto.Type.TYPE_INT64))
                        .addField(field("text", 2, FieldDescriptorProto.Type.TYPE_STRING)))
                .build();
    }

    private static FieldDescriptorProto field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }

    /** Rows numbered from an offset, each with a text of the given length. */
    static ProtoRows rows(long first, int count, int textLength) {
        ProtoRows.Builder rows = ProtoRows.newBuilder();
        String filler = "x".repeat(textLength);
        for (long n = first; n < first + count; n++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            try {
                out.writeInt64(1, n);
                out.writeString(2, n + filler);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows.addSerializedRows(ByteString.copyFrom(bytes.toByteArray()));
        }
        return rows.build();
    }
}
