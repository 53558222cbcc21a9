package io.catalogconnect.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant, for "Did you mean" in error messages. */
public final class NearestName {
    private static final int MAX_CHARACTERS = 100;

    private NearestName() {}

    /**
     * The candidate that differs least from a name in the characters to insert, delete or replace. Case and separators do not
     * count.
     *
     * @return empty if all candidates differ too much
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= limit(candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int limit(String candidate) {
        return Math.min(candidate.length() / 2, Math.max(2, candidate.length() / 4));
    }

    private static int distance(String left, String right) {
        String from = bare(left);
        String to = bare(right);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static String bare(String name) {
        String shortName = name.length() > MAX_CHARACTERS ? name.substring(0, MAX_CHARACTERS) : name;
        return shortName.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }
}
