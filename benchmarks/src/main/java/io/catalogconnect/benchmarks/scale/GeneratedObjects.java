package io.catalogconnect.benchmarks.scale;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * CSV objects that need no memory: the prefix of their keys says how many there are, and their bytes follow from their keys. Rows
 * have the same number of bytes, and differ in their first column, which numbers the rows of all objects.
 *
 * @param rows rows of each object
 */
record GeneratedObjects(int objects, int rows, int columns) {

    /** Number of the first row: all numbers have as many digits. */
    static final long FIRST_ROW = 1_000_000_000L;

    private static final int MOST_DATES = 3_650;
    private static final LocalDate NEWEST = LocalDate.of(2026, 11, 1);
    private static final Pattern PREFIX = Pattern.compile("objects(\\d+)rows(\\d+)columns(\\d+)/.*");
    private static final Pattern KEY = Pattern.compile(".*/(\\d+)\\.csv");

    /** Types that the columns have in turn, after the first one, and a cell of each. */
    private static final String[] TYPES = {"string", "string?", "int64", "float64", "string?"};

    private static final String[] CELLS = {
        "A product of the catalogue with a text of usual length that has about as many characters as this one.",
        "\"A text with a comma, and a \"\"word\"\" in quotes\"",
        "1234567",
        "12345.678",
        ""
    };

    /** The objects that a key, or a prefix of keys, belongs to. */
    static GeneratedObjects of(String keyOrPrefix) {
        Matcher matcher = PREFIX.matcher(keyOrPrefix);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No objects have the prefix " + keyOrPrefix);
        }
        return new GeneratedObjects(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /** The number of an object, from 0. */
    static int indexOf(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(key + " is no key of an object");
        }
        return Integer.parseInt(matcher.group(1));
    }

    String prefix() {
        return "objects" + objects + "rows" + rows + "columns" + columns + "/";
    }

    /** Keys are in the order of the numbers. Each object has another date than the one before, until the oldest is reached. */
    String key(int index) {
        return "%sdt=%s/%08d.csv".formatted(prefix(), NEWEST.minusDays(index % MOST_DATES), index);
    }

    int dates() {
        return Math.min(objects, MOST_DATES);
    }

    long allRows() {
        return (long) objects * rows;
    }

    /** The sum of the first column of all rows. */
    long sum() {
        return allRows() * FIRST_ROW + allRows() * (allRows() - 1) / 2;
    }

    /** The columns, as the source declares them. */
    String declaration() {
        return IntStream.range(0, columns)
                .mapToObj(column -> "c" + column + ":" + (column == 0 ? "int64" : TYPES[column % TYPES.length]))
                .collect(Collectors.joining(","));
    }

    byte[] header() {
        return IntStream.range(0, columns)
                .mapToObj(column -> "c" + column)
                .collect(Collectors.joining(",", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of a row after its number. */
    byte[] restOfRow() {
        return IntStream.range(1, columns)
                .mapToObj(column -> "," + CELLS[column % CELLS.length])
                .collect(Collectors.joining("", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of an object. */
    long size() {
        return header().length + (long) rows * (Long.toString(FIRST_ROW).length() + restOfRow().length);
    }
}
