package io.catalogconnect.s3csv.record;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * A boolean with declared words, in any case.
 *
 * @param written the words as in the declaration, such as {@code yes/no;1/0}
 * @param words the value of each word in lower case
 */
record BooleanType(String written, Map<String, Boolean> words) implements ColumnType {

    private static final Set<String> USUAL_WORDS = Set.of(
            "true", "false", "t", "f", "yes", "no", "y", "n", "1", "0", "on", "off", "x", "ja", "nein", "j", "oui",
            "non", "si");

    BooleanType {
        words = Map.copyOf(words);
    }

    /**
     * Parses pairs of words: true first, then false.
     *
     * @throws IllegalArgumentException that names the invalid pair
     */
    static BooleanType parse(String written) {
        Map<String, Boolean> words = new HashMap<>();
        for (String pair : written.split(";", -1)) {
            String[] both = pair.split("/", -1);
            if (both.length != 2 || both[0].isBlank() || both[1].isBlank()) {
                throw new IllegalArgumentException(
                        "'" + pair + "' is not a pair of words for true and false such as yes/no");
            }
            for (int i = 0; i < both.length; i++) {
                if (words.put(both[i].strip().toLowerCase(Locale.ROOT), i == 0) != null) {
                    throw new IllegalArgumentException("'" + both[i].strip() + "' is declared twice");
                }
            }
        }
        return new BooleanType(written, words);
    }

    @Override
    public SchemaBuilder schema() {
        return SchemaBuilder.bool();
    }

    @Override
    public Object convert(String cell) throws WrongCellException {
        Boolean value = words.get(cell.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new WrongCellException();
        }
        return value;
    }

    /** The clause of {@link ColumnType#hint} for usual words of booleans; empty for any other text. */
    static String wordsHint(String cell) {
        return USUAL_WORDS.contains(cell.toLowerCase(Locale.ROOT))
                ? "boolean(yes/no;1/0) declares words for true and false"
                : "";
    }

    @Override
    public String hint(String cell) {
        return wordsHint(cell);
    }

    @Override
    public String described() {
        return "a " + this;
    }

    @Override
    public String toString() {
        return "boolean(" + written + ")";
    }
}
