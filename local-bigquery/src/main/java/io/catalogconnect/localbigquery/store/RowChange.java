package io.catalogconnect.localbigquery.store;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the row with a given primary key.
 *
 * @param deletes true if the row is deleted, false if it is inserted or replaced
 * @param sequence the sequence number in a form whose alphabetical order is the order of the numbers
 */
public record RowChange(boolean deletes, String sequence) {
    private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f]{1,16}(/[0-9A-Fa-f]{1,16}){0,3}");
    private static final int SECTIONS = 4;
    private static final String ZERO = "0".repeat(16);

    /**
     * Parses the values of the pseudo columns.
     *
     * @param sequence one to four hexadecimal sections of up to 16 digits, or null for none
     * @throws InvalidValueException if one of them is invalid
     */
    public static RowChange parse(@Nullable String type, @Nullable String sequence) {
        boolean deletes = "DELETE".equals(type);
        if (!deletes && !"UPSERT".equals(type)) {
            throw new InvalidValueException("The given value is not a valid CHANGE_TYPE: " + type);
        }
        if (sequence != null && !FORM.matcher(sequence).matches()) {
            throw new InvalidValueException("The given value is not a valid CHANGE_SEQUENCE_NUMBER: " + sequence);
        }
        return new RowChange(deletes, sortable(sequence == null ? "0" : sequence));
    }

    private static String sortable(String sequence) {
        StringBuilder sortable = new StringBuilder();
        String[] sections = sequence.split("/", -1);
        for (int i = 0; i < SECTIONS; i++) {
            String section = i < sections.length ? sections[i] : "";
            sortable.append(ZERO, section.length(), ZERO.length()).append(section.toUpperCase(Locale.ROOT));
        }
        return sortable.toString();
    }
}
