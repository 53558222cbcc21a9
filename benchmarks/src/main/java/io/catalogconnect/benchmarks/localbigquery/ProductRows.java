package io.catalogconnect.benchmarks.localbigquery;

import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.catalogconnect.benchmarks.connectors.RowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Catalogue rows as both contenders take them. */
final class ProductRows {
    static final List<String> NAMES = List.of(
            "brand", "category_id", "comment", "currency", "description", "image", "year_release", "catalog_date");
    static final List<String> TYPES =
            List.of("STRING", "INT64", "STRING", "STRING", "STRING", "STRING", "INT64", "DATE");
    static final DescriptorProto DESCRIPTOR = descriptor();

    private static final int DAY = (int) LocalDate.of(2026, 11, 1).toEpochDay();
    private static final int MAX_ROW_BYTES = 16_384;

    private ProductRows() {}

    /** The rows of one request. */
    static ProtoRows encode(List<RowFile.Row> rows) {
        ProtoRows.Builder encoded = ProtoRows.newBuilder();
        byte[] buffer = new byte[MAX_ROW_BYTES];
        for (RowFile.Row row : rows) {
            encoded.addSerializedRows(encode(row.cells(), buffer));
        }
        return encoded.build();
    }

    private static ByteString encode(List<String> cells, byte[] buffer) {
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(buffer);
            for (int i = 0; i < cells.size(); i++) {
                if (TYPES.get(i).equals("INT64")) {
                    out.writeInt64(i + 1, Long.parseLong(cells.get(i)));
                } else if (!cells.get(i).isEmpty()) {
                    out.writeString(i + 1, cells.get(i));
                }
            }
            out.writeInt32(cells.size() + 1, DAY);
            return ByteString.copyFrom(buffer, 0, out.getTotalBytesWritten());
        } catch (IOException e) {
            throw new UncheckedIOException("a row is longer than " + MAX_ROW_BYTES + " bytes", e);
        }
    }

    /** One row into DuckDB. */
    static void append(DuckDBAppender appender, List<String> cells) throws SQLException {
        appender.beginRow()
                .append(cells.get(0))
                .append(Long.parseLong(cells.get(1)))
                .append(nullIfEmpty(cells.get(2)))
                .append(cells.get(3))
                .append(nullIfEmpty(cells.get(4)))
                .append(nullIfEmpty(cells.get(5)))
                .append(Long.parseLong(cells.get(6)))
                .appendEpochDays(DAY)
                .endRow();
    }

    private static @Nullable String nullIfEmpty(String cell) {
        return cell.isEmpty() ? null : cell;
    }

    private static DescriptorProto descriptor() {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Row");
        for (int i = 0; i < NAMES.size(); i++) {
            message.addField(FieldDescriptorProto.newBuilder()
                    .setName(NAMES.get(i))
                    .setNumber(i + 1)
                    .setType(
                            switch (TYPES.get(i)) {
                                case "INT64" -> FieldDescriptorProto.Type.TYPE_INT64;
                                case "DATE" -> FieldDescriptorProto.Type.TYPE_INT32;
                                default -> FieldDescriptorProto.Type.TYPE_STRING;
                            })
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL));
        }
        return message.build();
    }
}
