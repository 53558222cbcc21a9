package io.catalogconnect.contract.model;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of columns that BigQuery and the sink accept. */
public final class ColumnName {
    private static final int LONGEST = 300;
    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0," + (LONGEST - 1) + "}");
    /** Prefixes of BigQuery, and of columns that the sink adds, in lower case. */
    private static final List<String> RESERVED = List.of(
            "_table_", "_file_", "_partition", "_row_timestamp", "__root__", "_colidentifier", "_kafka_", "_object_");

    private ColumnName() {}

    /** True if a name has the form of a name. */
    public static boolean hasForm(String name) {
        return FORM.matcher(name).matches();
    }

    /** The reserved prefix of a name. */
    public static Optional<String> reservedPrefix(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED.stream().filter(lower::startsWith).findFirst();
    }

    /**
     * A name for a column of a file: the name in the header if it is valid, otherwise a similar one in lower case.
     *
     * @param header name in the header of the file
     * @param number number of the column in the file, for a header without letters and digits
     * @param used names of other columns in lower case, to which the new one is added
     */
    public static String of(String header, int number, Set<String> used) {
        boolean valid = hasForm(header) && reservedPrefix(header).isEmpty();
        String similar = valid ? header : similar(header, number);
        String name = similar;
        for (int next = 2; !used.add(name.toLowerCase(Locale.ROOT)); next++) {
            name = similar + "_" + next;
        }
        return name;
    }

    private static String similar(String header, int number) {
        String latin = header.toLowerCase(Locale.ROOT)
                .replace("\u00e4", "ae")
                .replace("\u00f6", "oe")
                .replace("\u00fc", "ue")
                .replace("\u00df", "ss");
        String words = Normalizer.normalize(latin, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
        String name = words.isEmpty() ? "column_" + number : words;
        String full = Character.isDigit(name.charAt(0)) ? "column_" + name : name;
        return full.length() > LONGEST / 2 ? full.substring(0, LONGEST / 2) : full;
    }
}
