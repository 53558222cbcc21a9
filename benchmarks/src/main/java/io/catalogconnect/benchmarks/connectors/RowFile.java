package io.catalogconnect.benchmarks.connectors;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a CSV object, cut and placed already: how one process of a benchmark tells another.
 *
 * @param headerBytes the bytes of the object before its first row
 * @param bodyBytes the bytes of all rows
 * @param rows in their order
 */
public record RowFile(long headerBytes, long bodyBytes, List<Row> rows) {
    public RowFile {
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param start its first byte, from the object's first
     * @param cells in the order of the main job's columns
     */
    public record Row(long start, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** Writes it; the stream stays open. */
    public void writeTo(DataOutputStream out) throws IOException {
        out.writeLong(headerBytes);
        out.writeLong(bodyBytes);
        out.writeInt(rows.size());
        for (Row row : rows) {
            out.writeLong(row.start());
            out.writeInt(row.cells().size());
            for (String cell : row.cells()) {
                out.writeUTF(cell);
            }
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public static RowFile readFrom(DataInputStream in) throws IOException {
        long headerBytes = in.readLong();
        long bodyBytes = in.readLong();
        int count = in.readInt();
        List<Row> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long start = in.readLong();
            List<String> cells = new ArrayList<>();
            int width = in.readInt();
            for (int cell = 0; cell < width; cell++) {
                cells.add(in.readUTF());
            }
            rows.add(new Row(start, cells));
        }
        return new RowFile(headerBytes, bodyBytes, rows);
    }
}
