package io.catalogconnect.s3csv.csv;

import java.io.IOException;
import java.io.InputStream;

/** Chooses the reader for a dialect. */
public final class CsvReaders {
    private CsvReaders() {}

    /**
     * Reads from where the stream stands.
     *
     * @param in closed with the reader
     * @param firstByte the stream's position, zero or the start of a record
     */
    public static CsvRecordReader open(InputStream in, CsvDialect dialect, long firstByte) throws IOException {
        InputStream records = in;
        long start = firstByte;
        if (firstByte == 0) {
            try {
                Preamble preamble = Preamble.skip(in, dialect);
                records = preamble.in();
                start = preamble.bytes();
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
        return ByteCsvRecordReader.takes(dialect)
                ? new ByteCsvRecordReader(records, dialect, start)
                : new CharacterCsvRecordReader(records, dialect, start);
    }
}
