package io.catalogconnect.transforms.pseudonym;

import java.util.ArrayList;
import java.util.List;

/**
 * The names that lead to a field, for example {@code customer.email}. A dot separates names; a dot that is part of a name has a
 * backslash before it. Immutable.
 *
 * @param text the path as it is written
 * @param names the names, at least one, none of them empty
 */
public record FieldPath(String text, List<String> names) {

    public FieldPath {
        names = List.copyOf(names);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if a name is empty
     */
    public static FieldPath parse(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                name.append(text.charAt(++i));
            } else if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        names.add(name.toString());
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("the field '" + text
                    + "' has an empty name; write names separated by single dots, as in customer.email, and \\. for a dot in a"
                    + " name");
        }
        return new FieldPath(text, names);
    }

    /** True if the other path leads to the same field or to a part of it. */
    public boolean contains(FieldPath other) {
        return other.names.size() >= names.size()
                && other.names.subList(0, names.size()).equals(names);
    }

    boolean endsAt(int depth) {
        return depth == names.size();
    }

    @Override
    public String toString() {
        return text;
    }
}
