package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import io.catalogconnect.s3csv.object.MessageText;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.record.Blanks;
import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import io.catalogconnect.s3csv.record.HeaderHints;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first record of a file, which contains the names of the columns. */
final class FileHeader {

    private static final Logger log = LoggerFactory.getLogger(FileHeader.class);
    private static final int LINES_BEFORE_HEADER = 20;

    private FileHeader() {}

    /**
     * Reads the header; logs what looks wrong with it.
     *
     * @throws DamagedObjectException if it cannot be cut into names
     */
    static List<String> read(ObjectRef object, CsvRecordReader reader, ObjectFormat format)
            throws IOException, DamagedObjectException {
        CsvRecord first = reader.next();
        if (first instanceof CsvRecord.Damaged damaged) {
            throw new DamagedObjectException("the header (byte " + damaged.start() + ") " + damaged.problem());
        }
        if (first instanceof CsvRecord.Skipped skipped) {
            throw new DamagedObjectException("the header is not in the first " + skipped.end()
                    + " bytes, which are blank lines and comments. Correct the file");
        }
        if (first == null) {
            log.info("{} is empty: it has no header and no row", object);
            return format.columns().stream().map(Column::name).toList();
        }
        List<String> names =
                ((CsvRecord.Row) first).cells().stream().map(Blanks::strip).toList();
        int last = names.size() - 1;
        List<String> header = format.rowPolicy().ignoresTrailingDelimiter()
                        && last > 0
                        && names.get(last).isEmpty()
                ? names.subList(0, last)
                : names;
        HeaderHints.warnings(header).forEach(warning -> log.warn("{}: {}", object, warning));
        return header;
    }

    /**
     * Checks that all names can become fields of a record. With declared columns only these become fields.
     *
     * @param fileDateColumn name of the additional field; null for none
     * @throws DamagedObjectException that names the column and its positions, which count from 1
     */
    static void check(List<String> names, @Nullable String fileDateColumn) throws DamagedObjectException {
        String format = HeaderHints.otherFormat(names);
        if (!format.isEmpty()) {
            throw new DamagedObjectException("the object looks like " + format
                    + ", not like CSV with a header. Exclude it with object.key.pattern, or declare its columns");
        }
        Map<String, Integer> positions = new HashMap<>();
        for (int position = 1; position <= names.size(); position++) {
            String name = names.get(position - 1);
            if (name.isBlank()) {
                throw new DamagedObjectException("column " + position + " of " + names.size()
                        + " in the header has no name. Correct the file, or declare the columns to read in columns"
                        + (position == names.size() && position > 1
                                ? ". If every row ends with a delimiter, set csv.trailing.delimiter=ignore"
                                : ""));
            }
            Integer first = positions.putIfAbsent(name, position);
            if (first != null) {
                throw new DamagedObjectException(
                        "the header contains the column '" + MessageText.of(name) + "' twice, at positions " + first
                                + " and " + position + ". Correct the file, or declare the columns to read in columns");
            }
            if (name.equals(fileDateColumn)) {
                throw new DamagedObjectException(
                        "the header contains the column '" + MessageText.of(name) + "' at position " + position
                                + ", and file.date.column has the same name. Choose another name for file.date.column");
            }
        }
    }

    /** A sentence if a line below the one that was read as the header has the declared names. */
    static String below(CsvRecordReader reader, ObjectFormat format) {
        List<String> names = format.columns().stream().map(Column::name).toList();
        try {
            for (int line = 0; line < LINES_BEFORE_HEADER && !names.isEmpty(); line++) {
                if (!(reader.next() instanceof CsvRecord.Row row)) {
                    break;
                }
                if (new HashSet<>(row.cells().stream().map(Blanks::strip).toList()).containsAll(names)) {
                    return ". The line at byte " + row.start()
                            + " has the declared names: set csv.skip.lines to the number of lines before it";
                }
            }
        } catch (IOException e) {
            log.debug("The lines below the header cannot be read", e);
        }
        return "";
    }
}
