package io.catalogconnect.s3csv.csv;

import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the footer of a file: the records from the first one on that matches a pattern. They must all match it. So a pattern
 * that also matches a row cannot drop the rows after it, and no row is held back until the end of the file is known.
 */
public final class FooterReader implements CsvRecordReader {

    private static final int MOST_RECORDS = 100;
    private static final int LONGEST_RECORD = 4096;
    private static final long NO_FOOTER = -1;

    private final CsvRecordReader records;
    private final Pattern pattern;
    private final CsvDialect dialect;
    private long footerStart = NO_FOOTER;
    private int footerRecords;

    private FooterReader(CsvRecordReader records, Pattern pattern, CsvDialect dialect) {
        this.records = records;
        this.pattern = pattern;
        this.dialect = dialect;
    }

    /**
     * Leaves out the footer if the dialect has one.
     *
     * @param records after the header; closed with the returned reader
     */
    public static CsvRecordReader of(CsvRecordReader records, CsvDialect dialect) {
        Pattern footer = dialect.footer();
        return footer == null ? records : new FooterReader(records, footer, dialect);
    }

    /**
     * The next record before the footer.
     *
     * @throws UnsupportedCsvException if a row follows the footer, or the footer has too many records
     */
    @Override
    public @Nullable CsvRecord next() throws IOException {
        CsvRecord record = records.next();
        if (record instanceof CsvRecord.Skipped) {
            return record;
        }
        while (record != null && isFooter(record)) {
            footerStart = footerStart == NO_FOOTER ? record.start() : footerStart;
            footerRecords++;
            if (footerRecords > MOST_RECORDS) {
                throw new UnsupportedCsvException(
                        "has more than " + MOST_RECORDS + " lines that match csv.footer.pattern, from byte "
                                + footerStart + " on. Correct csv.footer.pattern, so that it matches the footer only");
            }
            record = records.next();
            if (record instanceof CsvRecord.Skipped) {
                return record;
            }
        }
        if (record != null && footerStart != NO_FOOTER) {
            throw new UnsupportedCsvException(
                    "has a row at byte " + record.start() + ", after the footer that starts at byte " + footerStart
                            + ". Correct csv.footer.pattern, so that it matches every line of the footer and no row");
        }
        return record;
    }

    private boolean isFooter(CsvRecord record) {
        return record.end() - record.start() <= LONGEST_RECORD
                && pattern.matcher(line(new String(records.bytesOfLast(), dialect.charset())))
                        .matches();
    }

    /** A record's text without its line end. */
    private static String line(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    @Override
    public byte[] bytesOfLast() {
        return records.bytesOfLast();
    }

    @Override
    public boolean finishLast(long limit) throws IOException {
        return records.finishLast(limit);
    }

    /** The start of the footer once it is reached, so that reading resumes before it. */
    @Override
    public long nextStart() {
        return footerStart == NO_FOOTER ? records.nextStart() : footerStart;
    }

    @Override
    public long endOfStream() {
        return records.endOfStream();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
