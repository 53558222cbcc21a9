package io.catalogconnect.s3csv.record;

import io.catalogconnect.s3csv.object.MessageText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Converts the rows of one file to values; columns are found by name. For one thread. */
public final class RowConverter {

    private static final int QUOTED_CHARACTERS = 64;
    private static final int LISTED_NAMES = 30;
    private static final int ABSENT = -1;
    private static final String NOT_NULLABLE = " (declare the column with ? to read it as null)";
    private static final String REPEATED_HEADER = " (the row repeats the header)";
    private static final BitSet NO_LITERALS = new BitSet(0);

    private final RowSchema schema;
    private final RowPolicy policy;
    private final List<Field> fields;
    private final int[] positions;
    private final int width;
    private final @Nullable List<String> header;
    private final @Nullable Date fileDate;
    private final boolean showsCells;

    /**
     * Creates a converter for a file.
     *
     * @param header the column names; null if the file has no header and its cells are in the order of the columns
     * @param showsCells true if messages contain the texts of malformed cells
     * @throws DamagedObjectException if the header does not fit the declared columns
     */
    public RowConverter(
            RowSchema schema, RowPolicy policy, @Nullable List<String> header, LocalDate fileDate, boolean showsCells)
            throws DamagedObjectException {
        this.showsCells = showsCells;
        this.header = header;
        this.schema = schema;
        this.policy = policy;
        this.fields = schema.schema().fields();
        this.width = header == null ? schema.columns().size() : header.size();
        this.positions = new int[schema.columns().size()];
        this.fileDate = schema.fileDateColumn() == null
                ? null
                : Date.from(fileDate.atStartOfDay(ZoneOffset.UTC).toInstant());
        List<String> keys =
                header == null ? List.of() : header.stream().map(this::key).toList();
        Map<String, Integer> places = places(keys);
        Set<String> repeated = repeated(keys);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = header == null ? i : position(schema.columns().get(i), header, keys, places, repeated);
        }
        if (header != null && policy.extraColumnFails()) {
            refuseExtraColumns(header);
        }
    }

    /** The first position of each name. */
    private static Map<String, Integer> places(List<String> header) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            places.putIfAbsent(header.get(i), i);
        }
        return places;
    }

    /** The names that occur more than once. */
    private static Set<String> repeated(List<String> header) {
        Set<String> seen = new HashSet<>();
        return header.stream().filter(name -> !seen.add(name)).collect(Collectors.toSet());
    }

    /** A name as it is compared. */
    private String key(String name) {
        return policy.matchesIgnoringCase() ? name.toLowerCase(Locale.ROOT) : name;
    }

    private int position(
            Column column, List<String> header, List<String> keys, Map<String, Integer> places, Set<String> repeated)
            throws DamagedObjectException {
        String key = key(column.name());
        Integer place = places.get(key);
        if (place == null) {
            if (column.nullable() && policy.missingColumnIsNull()) {
                return ABSENT;
            }
            throw new DamagedObjectException("the header has no column '" + MessageText.of(column.name()) + "', only "
                    + listed(header)
                    + hint(column.name(), header)
                    + (column.nullable()
                            ? ". Set columns.missing=null to read it as null, or remove it from columns"
                            : ". Correct the file, or make the column nullable (?) and set columns.missing=null"));
        }
        if (repeated.contains(key)) {
            int second = place + 1 + keys.subList(place + 1, keys.size()).indexOf(key);
            throw new DamagedObjectException("the header contains the column '" + MessageText.of(column.name())
                    + "' twice, at positions " + (place + 1) + " and " + (second + 1) + ". Correct the file");
        }
        return place;
    }

    /** The names for a message, the first ones if there are many. */
    private static String listed(List<String> header) {
        String names = header.stream().limit(LISTED_NAMES).map(MessageText::of).collect(Collectors.joining(", "));
        return header.size() <= LISTED_NAMES ? names : names + ", ... (" + header.size() + " columns)";
    }

    /** The setting that probably helps against a missing column, as a sentence; empty if none comes to mind. */
    private static String hint(String name, List<String> header) {
        String format = HeaderHints.otherFormat(header);
        if (!format.isEmpty()) {
            return ". The object looks like " + format + ": exclude it with object.key.pattern";
        }
        String delimiter = HeaderHints.probableDelimiter(header);
        if (!delimiter.isEmpty()) {
            return ". Its only name contains '" + delimiter + "', which looks like the delimiter: set csv.delimiter";
        }
        return header.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(other -> ". It has '" + MessageText.of(other) + "': set columns.match=ignore-case to accept it")
                .or(() -> header.stream()
                        .filter(other -> visible(other).equalsIgnoreCase(visible(name)))
                        .findFirst()
                        .map(other -> ". It has '" + MessageText.of(other)
                                + "', which differs in white space or invisible characters"))
                .orElse("");
    }

    private static String visible(String name) {
        return name.codePoints()
                .filter(character -> character != ' ' && !MessageText.isInvisible(character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void refuseExtraColumns(List<String> header) throws DamagedObjectException {
        Set<String> declared = new HashSet<>();
        schema.columns().forEach(column -> declared.add(key(column.name())));
        for (String name : header) {
            if (!declared.contains(key(name))) {
                throw new DamagedObjectException("the header contains the column '" + MessageText.of(name)
                        + "', which is not declared. Declare it in columns, or set columns.extra=ignore");
            }
        }
    }

    /** Converts a row without literals. */
    public RowResult convert(List<String> cells) {
        return convert(cells, NO_LITERALS);
    }

    /**
     * Converts a row.
     *
     * @param literals positions of the cells that no null value matches
     */
    public RowResult convert(List<String> cells, BitSet literals) {
        if (cells.size() < width && !policy.shortRowIsNull()) {
            return RowResult.malformed("", shortRow(cells));
        }
        if (cells.size() > width && !policy.longRowIsCut() && !endsWithIgnoredDelimiter(cells)) {
            return RowResult.malformed("", longRow(cells));
        }
        Struct value = new Struct(schema.schema());
        for (int i = 0; i < positions.length; i++) {
            Column column = schema.columns().get(i);
            int position = positions[i];
            if (position == ABSENT || position >= cells.size()) {
                if (!column.nullable()) {
                    return RowResult.malformed(
                            column.name(),
                            column.name() + " is missing, but the column is not nullable" + NOT_NULLABLE);
                }
                continue;
            }
            String cell = policy.trim() ? Blanks.strip(cells.get(position)) : cells.get(position);
            if (isNull(cell, column, literals.get(position))) {
                if (!column.nullable()) {
                    return RowResult.malformed(
                            column.name(),
                            column.name() + " is " + quoted(cell) + ", but the column is not nullable"
                                    + (repeatsHeader(cells) ? REPEATED_HEADER : NOT_NULLABLE));
                }
            } else {
                try {
                    value.put(fields.get(i), column.type().convert(cell));
                } catch (WrongCellException e) {
                    return RowResult.malformed(
                            column.name(),
                            column.name() + " is " + quoted(cell) + ", not "
                                    + column.type().described() + e.reason()
                                    + (repeatsHeader(cells)
                                            ? REPEATED_HEADER
                                            : CellHints.of(cell, column.type(), policy, literals.get(position))));
                }
            }
        }
        if (fileDate != null) {
            value.put(fields.get(positions.length), fileDate);
        }
        return RowResult.of(value);
    }

    private boolean repeatsHeader(List<String> cells) {
        return header != null && cells.stream().map(Blanks::strip).toList().equals(header);
    }

    private boolean endsWithIgnoredDelimiter(List<String> cells) {
        return policy.ignoresTrailingDelimiter() && endsWithExtraDelimiter(cells);
    }

    private boolean endsWithExtraDelimiter(List<String> cells) {
        return cells.size() == width + 1 && cells.get(width).isEmpty();
    }

    private String shortRow(List<String> cells) {
        int size = cells.size();
        String delimiter = HeaderHints.probableDelimiter(cells);
        return "it has " + size + (size == 1 ? " cell" : " cells") + " instead of " + width
                + " (rows.short=null reads missing nullable columns as null"
                + (delimiter.isEmpty()
                        ? ")"
                        : "; its only cell contains '" + delimiter + "': check csv.delimiter, too)");
    }

    private String longRow(List<String> cells) {
        return "it has " + cells.size() + " cells instead of " + width
                + (endsWithExtraDelimiter(cells)
                        ? ", and the last one is empty (csv.trailing.delimiter=ignore ignores a delimiter at the end)"
                        : " (rows.long=cut drops the cells after the last column; a delimiter within a cell needs"
                                + " quotes or csv.escape)");
    }

    /** An empty cell of a string column can be the empty string; in a column that is not nullable it always is. */
    private boolean isNull(String cell, Column column, boolean literal) {
        if (cell.isEmpty()) {
            return column.type() != SimpleType.STRING || (column.nullable() && !literal && !policy.emptyIsText());
        }
        return !literal && policy.nullValues().contains(cell);
    }

    /** A cell in a message: its length, or its text, shortened if it is long. */
    private String quoted(String cell) {
        if (cell.isEmpty()) {
            return "empty";
        }
        if (!showsCells) {
            return "a text of " + cell.length() + (cell.length() == 1 ? " character" : " characters");
        }
        return cell.length() <= QUOTED_CHARACTERS
                ? "'" + MessageText.escaped(cell) + "'"
                : "'" + MessageText.escaped(cell.substring(0, cell.offsetByCodePoints(0, QUOTED_CHARACTERS / 2)))
                        + "...' (" + cell.length() + " characters)";
    }
}
