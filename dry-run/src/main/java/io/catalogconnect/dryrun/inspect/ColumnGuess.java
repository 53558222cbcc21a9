package io.catalogconnect.dryrun.inspect;

import io.catalogconnect.dryrun.file.CellText;
import io.catalogconnect.dryrun.inspect.CandidateType.Kind;
import io.catalogconnect.s3csv.record.Blanks;
import io.catalogconnect.s3csv.record.ColumnType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type of a column from its cells. A type with the fewest malformed cells wins if at most one cell of ten is
 * malformed. Memory does not depend on the number of cells.
 */
final class ColumnGuess {
    /** Cells that mean null in many files. */
    private static final Set<String> NULL_WORDS = Set.of(
            "\\N", "NULL", "null", "Null", "(null)", "N/A", "n/a", "#N/A", "NA", "None", "none", "nil", "-", "--");
    /** A cell that means null whatever the type of its column is. */
    private static final String DUMP_NULL = "\\N";

    private static final List<String> BOOLEANS = List.of("true/false", "yes/no", "y/n", "t/f", "on/off", "ja/nein");
    private static final Pattern EXPONENT = Pattern.compile("[+-]?[0-9.]+[eE][+-]?[0-9]+");
    private static final ColumnType STRING = CandidateType.type("string");
    private static final int LONGEST_VALUE = 64;
    private static final int MOST_WORDS = 2;
    private static final int LONGEST_INTEGER = 18;
    private static final int TRIED_BEFORE_DROPPED = 1000;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;

    private final String name;
    private long empty;
    private long blank;
    private long tested;
    private long padded;
    private @Nullable String example;
    private final Map<String, Long> nullWords = new LinkedHashMap<>();
    private final Set<String> words = new HashSet<>();
    private boolean manyWords;
    private boolean hasFraction;
    private boolean hasExponent;
    private @Nullable String identifier;
    private final Misses texts = new Misses();
    private final Misses integers = new Misses();
    private final @Nullable Misses[] misses = new Misses[CandidateType.ALL.size()];
    private final boolean[] dropped = new boolean[CandidateType.ALL.size()];

    /** Cells that a type does not accept. */
    private static final class Misses {
        private long count;
        private long firstRow = Long.MAX_VALUE;
        private String firstText = "";

        void add(long row, String text) {
            if (count++ == 0) {
                firstRow = row;
                firstText = CellText.of(text);
            }
        }
    }

    /**
     * The result.
     *
     * @param malformed number of cells that are not of the type
     * @param firstMalformed the first of them; null for none
     * @param nullWords the cells that should be read as null
     * @param trim true if cells are of the type only without the white space around them
     * @param notes what a user should know, as sentences
     */
    record Result(
            ColumnType type,
            long malformed,
            @Nullable MalformedCell firstMalformed,
            Set<String> nullWords,
            boolean trim,
            List<String> notes) {}

    ColumnGuess(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The first value; null for none. */
    @Nullable
    String example() {
        return example;
    }

    /** Adds the cell of a row; null and empty cells are null. */
    void add(long row, @Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            empty++;
            return;
        }
        String text = Blanks.strip(cell);
        if (text.isEmpty()) {
            blank++;
            return;
        }
        if (NULL_WORDS.contains(text)) {
            nullWords.merge(text, 1L, Long::sum);
            return;
        }
        tested++;
        padded += text.length() < cell.length() ? 1 : 0;
        if (example == null) {
            example = CellText.of(cell);
        }
        addWord(text);
        if (isInteger(text)) {
            addInteger(row, text);
        } else if (mayHaveType(text)) {
            addOther(row, text);
        } else {
            texts.add(row, text);
        }
    }

    private void addWord(String text) {
        if (!manyWords) {
            words.add(text.length() > LONGEST_VALUE ? "" : text.toLowerCase(Locale.ROOT));
            manyWords = words.size() > MOST_WORDS;
        }
    }

    /** All numeric types accept it, and no time but a date of eight digits. */
    private void addInteger(long row, String text) {
        noteIdentifier(text);
        if (!isPlausibleDate(text)) {
            missesOf(0).add(row, text);
        }
        integers.add(row, text);
    }

    private void addOther(long row, String text) {
        noteIdentifier(text);
        int point = text.indexOf('.');
        hasFraction |= point >= 0 && !text.endsWith(".0");
        hasExponent |= EXPONENT.matcher(text).matches();
        for (int i = 0; i < dropped.length; i++) {
            if (!dropped[i] && !CandidateType.ALL.get(i).type().accepts(text)) {
                missesOf(i).add(row, text);
                dropped[i] = missesOf(i).count > TRIED_BEFORE_DROPPED && missed(i) > tested / 2;
            }
        }
    }

    /** A number whose text is more than its value: 007, or the telephone number +4930. */
    private void noteIdentifier(String text) {
        boolean leadingZero = text.length() > 1 && text.charAt(0) == '0' && Character.isDigit(text.charAt(1));
        if (identifier == null && (leadingZero || text.charAt(0) == '+')) {
            identifier = CellText.of(text);
        }
    }

    private static boolean isInteger(String text) {
        int from = text.charAt(0) == '-' ? 1 : 0;
        if (text.length() == from || text.length() > LONGEST_INTEGER) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlausibleDate(String digits) {
        if (digits.length() != "yyyyMMdd".length() || digits.startsWith("-")) {
            return false;
        }
        int year = Integer.parseInt(digits.substring(0, 4));
        return year >= FIRST_YEAR
                && year <= LAST_YEAR
                && CandidateType.ALL.get(0).type().accepts(digits);
    }

    /** False for cells that no type accepts but string and boolean. */
    private static boolean mayHaveType(String text) {
        return text.length() <= LONGEST_VALUE
                && (text.chars().anyMatch(c -> c >= '0' && c <= '9')
                        || text.equalsIgnoreCase("nan")
                        || text.toLowerCase(Locale.ROOT).endsWith("infinity"));
    }

    private Misses missesOf(int candidate) {
        Misses found = misses[candidate];
        if (found == null) {
            found = new Misses();
            misses[candidate] = found;
        }
        return found;
    }

    private long missed(int candidate) {
        Misses own = misses[candidate];
        boolean missesIntegers = CandidateType.ALL.get(candidate).kind() == Kind.TIME;
        return (own == null ? 0 : own.count) + texts.count + (missesIntegers ? integers.count : 0);
    }

    private @Nullable MalformedCell firstMissed(int candidate) {
        Misses first = texts;
        Misses own = misses[candidate];
        if (own != null && own.firstRow < first.firstRow) {
            first = own;
        }
        if (CandidateType.ALL.get(candidate).kind() == Kind.TIME && integers.firstRow < first.firstRow) {
            first = integers;
        }
        return first.count == 0 ? null : new MalformedCell(first.firstRow, first.firstText);
    }

    /** The result for the cells so far. */
    Result result() {
        ColumnType words = booleanType();
        if (words != null) {
            return new Result(words, 0, null, nullWords.keySet(), padded + blank > 0, List.of());
        }
        int best = best();
        if (best < 0) {
            return string(List.of());
        }
        CandidateType chosen = CandidateType.ALL.get(best);
        boolean isNumber = chosen.kind() == Kind.INTEGER || chosen.kind() == Kind.NUMBER;
        if (isNumber && identifier != null) {
            return string(
                    List.of("the values of '" + CellText.of(name) + "' are numbers, and some such as " + identifier
                            + " start with a zero or a plus sign, which a number loses. So the column is a string"));
        }
        return new Result(
                chosen.type(),
                missed(best),
                firstMissed(best),
                nullWords.keySet(),
                padded + blank > 0,
                ambiguity(best));
    }

    private Result string(List<String> notes) {
        Set<String> nulls = nullWords.containsKey(DUMP_NULL) ? Set.of(DUMP_NULL) : Set.of();
        return new Result(STRING, 0, null, nulls, false, notes);
    }

    private @Nullable ColumnType booleanType() {
        if (manyWords || words.size() != 2) {
            return null;
        }
        for (String pair : BOOLEANS) {
            if (words.equals(Set.of(pair.split("/", -1)))) {
                return CandidateType.type(pair.equals(BOOLEANS.get(0)) ? "boolean" : "boolean(" + pair + ")");
            }
        }
        return null;
    }

    private int best() {
        int best = -1;
        for (int i = 0; i < dropped.length; i++) {
            if (!dropped[i] && !isTooNarrow(i) && missed(i) * 10 <= tested && missed(i) < tested) {
                best = best < 0 || missed(i) < missed(best) ? i : best;
            }
        }
        return best;
    }

    /**
     * True for a type that the next file may not fit, although the source accepts these cells: a price of 10.00 as an integer,
     * and 1e5 as anything but a floating-point number.
     */
    private boolean isTooNarrow(int candidate) {
        CandidateType type = CandidateType.ALL.get(candidate);
        return switch (type.kind()) {
            case INTEGER ->
                hasExponent || (hasFraction && type.type().toString().equals("int64"));
            case NUMBER -> hasExponent && !type.type().toString().equals("float64");
            case COMPACT_DATE, TIME -> false;
        };
    }

    /** Other readings that accept the same cells, where that is easily overlooked. */
    private List<String> ambiguity(int chosen) {
        String type = CandidateType.ALL.get(chosen).type().toString();
        String other = type.contains("d/M") || type.contains("dd/MM")
                ? type.replace("dd/MM", "MM/dd").replace("d/M", "M/d")
                : type.equals("int64(en-US)") ? "decimal(38,9;de-DE)" : "";
        for (int i = 0; i < dropped.length; i++) {
            if (CandidateType.ALL.get(i).type().toString().equals(other)
                    && !dropped[i]
                    && missed(i) == missed(chosen)) {
                return List.of("the values of '" + CellText.of(name) + "' are also of type " + other
                        + ". Check which one is meant");
            }
        }
        return List.of();
    }

    /**
     * Number of cells that are null.
     *
     * @param trim true if a cell of white space is null
     */
    long nulls(Set<String> nullValues, boolean trim) {
        return empty
                + (trim ? blank : 0)
                + nullWords.entrySet().stream()
                        .filter(word -> nullValues.contains(word.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
    }

    /** The cells that may mean null but are not among the given ones. */
    Set<String> otherNullWords(Set<String> nullValues) {
        Set<String> others = new TreeSet<>(nullWords.keySet());
        others.removeAll(nullValues);
        return others;
    }
}
