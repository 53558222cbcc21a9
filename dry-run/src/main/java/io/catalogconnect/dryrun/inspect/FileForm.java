package io.catalogconnect.dryrun.inspect;

import io.catalogconnect.dryrun.file.BadInputException;
import io.catalogconnect.dryrun.file.CellText;
import io.catalogconnect.dryrun.file.ReaderSettings;
import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.record.Blanks;
import io.catalogconnect.s3csv.record.HeaderHints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a file is written, by its first bytes.
 *
 * @param keys keys of the source with the values that the file needs; a key that is configured has its configured value
 * @param hasHeader false if the first record is a row
 * @param names names of the columns, in order; made up if the file has no header
 * @param notes what a user should know, as sentences
 */
record FileForm(Map<String, String> keys, boolean hasHeader, List<String> names, List<String> notes) {
    /** Number of bytes that decide. */
    static final int HEAD_BYTES = 256 * 1024;

    private static final String CHARSET = "csv.charset";
    private static final String HEADER = "csv.header";
    private static final String SKIP_LINES = "csv.skip.lines";
    private static final String TRAILING_DELIMITER = "csv.trailing.delimiter";
    private static final int LONGEST_PREAMBLE = 20;

    /**
     * Looks at the first bytes of a file.
     *
     * @param truncated true if the file has more bytes
     * @param charset the charset of the file, if it is not configured
     * @param configured keys of the source that the user has set
     */
    static FileForm of(byte[] head, boolean truncated, String charset, Map<String, String> configured)
            throws BadInputException {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(CHARSET, configured.getOrDefault(CHARSET, charset));
        List<String> notes = new ArrayList<>();
        Shape shape = chooseDialect(head, truncated, keys, configured, notes);
        List<CsvRecord.Row> records = shape.records();
        if (records.isEmpty()) {
            keys.put(HEADER, configured.getOrDefault(HEADER, "present"));
            return new FileForm(keys, true, List.of(), notes);
        }
        int first = 0;
        if (configured.containsKey(SKIP_LINES)) {
            keys.put(SKIP_LINES, configured.get(SKIP_LINES));
        } else {
            first = startOfTable(shape);
            keys.put(
                    SKIP_LINES,
                    String.valueOf(linesBefore(head, records.get(first).start(), first)));
        }
        List<List<String>> rows = records.subList(first, records.size()).stream()
                .map(CsvRecord.Row::cells)
                .toList();
        boolean ignoresTrailing = configured.containsKey(TRAILING_DELIMITER)
                ? "ignore".equals(configured.get(TRAILING_DELIMITER))
                : endWithDelimiter(rows, shape.width());
        keys.put(TRAILING_DELIMITER, ignoresTrailing ? "ignore" : "cell");
        List<String> head0 = rows.get(0).stream().map(Blanks::strip).toList();
        boolean hasHeader =
                configured.containsKey(HEADER) ? !"absent".equals(configured.get(HEADER)) : looksLikeHeader(rows);
        keys.put(HEADER, hasHeader ? "present" : "absent");
        List<String> names = ignoresTrailing
                        && head0.size() > 1
                        && head0.get(head0.size() - 1).isEmpty()
                ? head0.subList(0, head0.size() - 1)
                : head0;
        if (hasHeader) {
            notes.addAll(HeaderHints.warnings(names));
            return new FileForm(keys, true, names, notes);
        }
        notes.add(
                "the first row looks like data, so the columns have made-up names. Set csv.header=present if it is a header");
        List<String> madeUp = new ArrayList<>();
        for (int i = 1; i <= names.size(); i++) {
            madeUp.add("column_" + i);
        }
        return new FileForm(keys, false, madeUp, notes);
    }

    private static Shape chooseDialect(
            byte[] head,
            boolean truncated,
            Map<String, String> keys,
            Map<String, String> configured,
            List<String> notes)
            throws BadInputException {
        Dialect chosen = new Dialect(
                configured.getOrDefault("csv.delimiter", Dialect.DEFAULT.delimiter()),
                configured.getOrDefault("csv.quote", Dialect.DEFAULT.quote()),
                configured.getOrDefault("csv.escape", Dialect.DEFAULT.escape()));
        Shape shape = Shape.of(head, truncated, dialect(keys, configured, chosen));
        Dialect other = chosen;
        Shape otherShape = shape;
        for (Dialect usual : Dialect.USUAL) {
            Shape found = Shape.of(head, truncated, dialect(keys, Map.of(), usual));
            if (found.isBetterThan(shape) && usual.fits(configured)) {
                chosen = usual;
                shape = found;
            }
            if (found.isBetterThan(otherShape)) {
                other = usual;
                otherShape = found;
            }
        }
        Dialect dump = new Dialect(chosen.delimiter(), "none", "\\");
        if (chosen.escape().equals(dump.escape()) && dump.fits(configured) && hasDumpNulls(shape)) {
            Shape unquoted = Shape.of(head, truncated, dialect(keys, configured, dump));
            if (!shape.isBetterThan(unquoted) && unquoted.enclosedIn('"') < 0.5) {
                chosen = dump;
                shape = unquoted;
            }
        }
        keys.putAll(chosen.keys());
        if (otherShape.isBetterThan(shape)) {
            Map<String, String> better = other.keys();
            better.entrySet().removeAll(chosen.keys().entrySet());
            notes.add("the file looks as if it had other characters between its cells: " + better + " gives "
                    + otherShape.width() + " columns");
        }
        return shape;
    }

    /** True for the nulls of a dump by MySQL or Hive, which escapes characters and encloses nothing in quotes. */
    private static boolean hasDumpNulls(Shape shape) {
        return shape.records().stream().anyMatch(row -> row.cells().contains("\\N"));
    }

    private static CsvDialect dialect(Map<String, String> keys, Map<String, String> configured, Dialect dialect)
            throws BadInputException {
        Map<String, String> all = new HashMap<>(configured);
        all.keySet().removeAll(Set.of(HEADER, "columns"));
        all.putAll(keys);
        all.putAll(dialect.keys());
        return ReaderSettings.of(all).format().dialect();
    }

    /** Index of the header, or of the first row: after lines with fewer cells, such as the title of a report. */
    private static int startOfTable(Shape shape) {
        List<CsvRecord.Row> records = shape.records();
        int cells = records.get(0).cells().size();
        if (cells >= shape.width() || (cells > 1 && cells == shape.width() - 1)) {
            return 0;
        }
        int first = 0;
        for (int i = 1; i < Math.min(records.size(), LONGEST_PREAMBLE); i++) {
            if (records.get(i).cells().size() == shape.width()) {
                first = first == 0 ? i : first;
                if (consistsOfNames(records.get(i).cells())) {
                    return i;
                }
            }
        }
        return first;
    }

    private static long linesBefore(byte[] head, long end, int records) {
        long lines = 0;
        for (int at = 0; at < end && records > 0; at++) {
            lines += head[at] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static boolean consistsOfNames(List<String> cells) {
        Set<String> names = new LinkedHashSet<>();
        return cells.stream().map(Blanks::strip).allMatch(name -> !name.isEmpty() && names.add(name) && !hasType(name));
    }

    private static boolean hasType(String cell) {
        return CandidateType.ALL.stream().anyMatch(candidate -> candidate.type().accepts(cell));
    }

    /** True if the last cell of each row is empty, and the header ends with an empty cell, too, or does not have the cell. */
    private static boolean endWithDelimiter(List<List<String>> rows, int width) {
        return width > 1
                && rows.size() > 1
                && rows.get(0).size() >= width - 1
                && rows.stream()
                        .allMatch(
                                row -> row.size() < width || row.get(width - 1).isEmpty())
                && rows.stream().skip(1).anyMatch(row -> row.size() == width);
    }

    /** False if the first record has values of the types of the columns below, and no text above typed values. */
    private static boolean looksLikeHeader(List<List<String>> rows) {
        List<String> first = rows.get(0);
        boolean hasValue = false;
        for (int column = 0; column < first.size(); column++) {
            ColumnGuess guess = new ColumnGuess("");
            for (int row = 1; row < rows.size(); row++) {
                List<String> cells = rows.get(row);
                guess.add(row, column < cells.size() ? cells.get(column) : "");
            }
            ColumnGuess.Result below = guess.result();
            if (!below.type().toString().equals("string")) {
                String cell = Blanks.strip(first.get(column));
                if (!below.type().accepts(cell)) {
                    return true;
                }
                hasValue = true;
            }
        }
        return !hasValue;
    }

    /** The names that can be fields of a record: neither empty nor repeated. */
    List<String> usableNames() {
        Set<String> repeated = repeatedNames();
        return names.stream()
                .filter(name -> !name.isEmpty() && !repeated.contains(name))
                .toList();
    }

    private Set<String> repeatedNames() {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> repeated = new TreeSet<>();
        names.stream().filter(name -> !name.isEmpty() && !seen.add(name)).forEach(repeated::add);
        return repeated;
    }

    /** What is wrong with the names, as sentences. */
    List<String> nameProblems() {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                problems.add("column " + (i + 1) + " of " + names.size() + " has no name, so it is not read");
            }
        }
        for (String name : repeatedNames()) {
            problems.add("the header contains the column '" + CellText.of(name)
                    + "' more than once, so it is not read. The source cannot tell the columns apart");
        }
        return problems;
    }
}
