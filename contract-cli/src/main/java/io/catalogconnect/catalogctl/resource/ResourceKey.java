package io.catalogconnect.catalogctl.resource;

import java.util.Comparator;
import java.util.Locale;

/**
 * Identifies a resource in an environment.
 *
 * @param name name of the topic, the table or the connector
 */
public record ResourceKey(Kind kind, String name) implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::kind).thenComparing(ResourceKey::name);

    /** Kinds of resources, in the order in which they are created. */
    public enum Kind {
        TABLE,
        TOPIC,
        CONNECTOR;

        /** The kind in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Parses the text of {@link #toString()}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static ResourceKey parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a resource");
        }
        return new ResourceKey(
                Kind.valueOf(text.substring(0, blank).toUpperCase(Locale.ROOT)), text.substring(blank + 1));
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
