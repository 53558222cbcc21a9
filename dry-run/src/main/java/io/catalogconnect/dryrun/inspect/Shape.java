package io.catalogconnect.dryrun.inspect;

import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.csv.CsvReaders;
import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first records of a file in one dialect.
 *
 * @param records records that could be cut into cells
 * @param damaged number of records that could not
 * @param width the most frequent number of cells; 0 if no record could be read
 * @param fitting number of records with that number of cells
 */
record Shape(List<CsvRecord.Row> records, int damaged, int width, int fitting) {
    private static final int MOST_RECORDS = 2000;
    private static final int MOST_DAMAGED = 20;

    /**
     * Reads the records in the first bytes of a file.
     *
     * @param truncated true if the file has more bytes, so that the last record is not complete
     */
    static Shape of(byte[] head, boolean truncated, CsvDialect dialect) {
        List<CsvRecord.Row> records = new ArrayList<>();
        int damaged = 0;
        try (CsvRecordReader reader = CsvReaders.open(new ByteArrayInputStream(head), dialect, 0)) {
            CsvRecord record = reader.next();
            while (record != null && records.size() < MOST_RECORDS && damaged < MOST_DAMAGED) {
                boolean isCut = truncated && record.end() >= head.length && !records.isEmpty();
                if (record instanceof CsvRecord.Row row && !isCut) {
                    records.add(row);
                } else if (!isCut) {
                    damaged++;
                }
                record = reader.next();
            }
        } catch (IOException e) {
            return new Shape(List.of(), 0, 0, 0); // such as a line sep= with another delimiter
        }
        return of(records, damaged);
    }

    private static Shape of(List<CsvRecord.Row> records, int damaged) {
        Map<Integer, Integer> widths = new HashMap<>();
        int width = 0;
        for (CsvRecord.Row row : records) {
            int count = widths.merge(row.cells().size(), 1, Integer::sum);
            if (count > widths.getOrDefault(width, 0)) {
                width = row.cells().size();
            }
        }
        return new Shape(records, damaged, width, widths.getOrDefault(width, 0));
    }

    /** Share of the records that have the most frequent number of cells, from 0 to 1. A single column says nothing. */
    double regularity() {
        int all = records.size() + damaged;
        return width < 2 || all == 0 ? 0 : (double) fitting / all;
    }

    /** True if this shape is more plausible than another one, which is preferred among equals. */
    boolean isBetterThan(Shape other) {
        int order = Double.compare(regularity(), other.regularity());
        return order > 0 || (order == 0 && regularity() > 0 && width > other.width());
    }

    /** Share of the records that have a cell that is enclosed in a character. */
    double enclosedIn(char quote) {
        long enclosed = records.stream()
                .filter(row -> row.cells().stream()
                        .anyMatch(cell -> cell.length() > 1
                                && cell.charAt(0) == quote
                                && cell.charAt(cell.length() - 1) == quote))
                .count();
        return records.isEmpty() ? 0 : (double) enclosed / records.size();
    }
}
