package io.catalogconnect.s3csv.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The named groups of the pattern that keys match, and what they hold in a key. Immutable. */
public final class KeyGroups {

    private static final Pattern NAME = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final @Nullable Pattern pattern;
    private final List<String> names;

    private KeyGroups(@Nullable Pattern pattern, List<String> names) {
        this.pattern = pattern;
        this.names = names;
    }

    /**
     * Looks for the groups.
     *
     * @param pattern null when keys match none
     */
    public static KeyGroups of(@Nullable Pattern pattern) {
        List<String> names = new ArrayList<>();
        if (pattern != null) {
            NAME.matcher(pattern.pattern())
                    .results()
                    .map(found -> found.group(1))
                    .forEach(names::add);
        }
        return new KeyGroups(pattern, List.copyOf(names));
    }

    /** The values of the named groups in a key, without groups that did not match. */
    public Map<String, String> in(String key) {
        Matcher matcher = pattern == null || names.isEmpty() ? null : pattern.matcher(key);
        Map<String, String> groups = new LinkedHashMap<>();
        if (matcher != null && matcher.matches()) {
            for (String name : names) {
                String text = group(matcher, name);
                if (text != null) {
                    groups.put(name, text);
                }
            }
        }
        return groups;
    }

    /** Null also for a text that only looks like a group, for example after a backslash: before version 20 Java has no list. */
    private static @Nullable String group(Matcher matcher, String name) {
        try {
            return matcher.group(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
