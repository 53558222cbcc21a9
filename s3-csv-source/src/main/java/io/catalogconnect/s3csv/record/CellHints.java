package io.catalogconnect.s3csv.record;

import io.catalogconnect.s3csv.object.MessageText;
import java.util.Locale;
import java.util.Set;

/** The setting or declaration that probably helps against a malformed cell. A hint does not contain the cell's text. */
final class CellHints {

    private static final Set<String> NULLS =
            Set.of("null", "(null)", "\\n", "n/a", "na", "#n/a", "none", "nil", "nan", "-", "--", "?", "undefined");

    private static final int LONGEST_NULL = 9;

    private CellHints() {}

    /**
     * A clause in parentheses; empty if nothing comes to mind.
     *
     * @param literal true if no null value matches the cell
     */
    static String of(String cell, ColumnType type, RowPolicy policy, boolean literal) {
        String hint = hint(cell, type, policy, literal);
        return hint.isEmpty() ? "" : " (" + hint + ")";
    }

    private static String hint(String cell, ColumnType type, RowPolicy policy, boolean literal) {
        String stripped = Blanks.strip(cell);
        if (stripped.length() < cell.length() && (stripped.isEmpty() || type.accepts(stripped))) {
            return "trim=true removes the white space at its ends";
        }
        if (literal && policy.nullValues().contains(cell)) {
            return "in quotes or escaped, it is not null";
        }
        if (stripped.length() <= LONGEST_NULL && NULLS.contains(stripped.toLowerCase(Locale.ROOT))) {
            return "null.values names the texts that are null";
        }
        for (int at = 0; at < cell.length(); at += Character.charCount(cell.codePointAt(at))) {
            int character = cell.codePointAt(at);
            if (MessageText.isInvisible(character)) {
                return "character " + (at + 1) + " of it is " + MessageText.escaped(Character.toString(character));
            }
        }
        return type.hint(cell);
    }
}
