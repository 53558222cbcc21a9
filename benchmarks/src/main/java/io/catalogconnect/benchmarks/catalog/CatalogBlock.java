package io.catalogconnect.benchmarks.catalog;

import io.catalogconnect.benchmarks.connectors.RowFile;
import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.csv.CsvReaders;
import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Catalogue rows of the real shape: a block of them, of which an object of any size is made by repeating it, so that a baseline
 * can hold all its values in memory.
 */
public final class CatalogBlock {
    /** Rows of the block. */
    public static final int ROWS = 20_000;

    private static final long SEED = 20;

    private final byte[] csv;
    private final RowFile file;

    private CatalogBlock(byte[] csv, RowFile file) {
        this.csv = csv;
        this.file = file;
    }

    /** The same rows every time. */
    public static CatalogBlock generate() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CatalogGenerator().write(CatalogShape.clean(ROWS, SEED), out);
        byte[] csv = out.toByteArray();
        List<RowFile.Row> rows = new ArrayList<>();
        try (CsvRecordReader reader = CsvReaders.open(new ByteArrayInputStream(csv), CsvDialect.RFC_4180, 0)) {
            reader.next();
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                CsvRecord.Row row = (CsvRecord.Row) record;
                rows.add(new RowFile.Row(row.start(), row.cells()));
            }
        }
        long header = rows.get(0).start();
        return new CatalogBlock(csv, new RowFile(header, csv.length - header, rows));
    }

    /** The rows, each of seven cells. */
    public List<RowFile.Row> rows() {
        return file.rows();
    }

    /** Bytes of CSV for one row, about. */
    public long bytesPerRow() {
        return file.bodyBytes() / ROWS;
    }

    /** Writes the header and the block so often. */
    public void writeCsv(Path path, int repeat) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            out.write(csv, 0, (int) file.headerBytes());
            for (int i = 0; i < repeat; i++) {
                out.write(csv, (int) file.headerBytes(), (int) file.bodyBytes());
            }
        }
    }

    /** Writes what the baseline loads. */
    public void writeRowFile(Path path) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
            file.writeTo(out);
        }
    }
}
