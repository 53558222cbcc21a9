package io.catalogconnect.s3csv;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Checks of single settings, each of which can name itself in the generated reference. */
final class Validators {

    private Validators() {}

    /** Anything but a placeholder of a configuration provider that nobody replaced. */
    static ConfigDef.Validator resolved() {
        return new Named("", (name, value) -> refusePlaceholder(name, value));
    }

    /** A text that is not blank. */
    static ConfigDef.Validator notBlank() {
        return new Named("not blank", (name, value) -> {
            refusePlaceholder(name, value);
            if (value == null || text(value).isBlank()) {
                throw new ConfigException(name + " is empty. It needs a value");
            }
        });
    }

    /** One of some words, in lower case. */
    static ConfigDef.Validator oneOf(String... words) {
        return new Named(String.join(", ", words), (name, value) -> {
            refusePlaceholder(name, value);
            if (value == null || !List.of(words).contains(text(value).toLowerCase(Locale.ROOT))) {
                throw new ConfigException(name + " is '" + value + "'. It must be one of " + String.join(", ", words));
            }
        });
    }

    /** A text that some code takes without an {@link IllegalArgumentException}. */
    static ConfigDef.Validator accepted(String described, Consumer<String> check) {
        return new Named(described, (name, value) -> {
            refusePlaceholder(name, value);
            if (value != null) {
                try {
                    check.accept(text(value));
                } catch (IllegalArgumentException e) {
                    throw new ConfigException(name + " is '" + text(value) + "': " + e.getMessage());
                }
            }
        });
    }

    private static void refusePlaceholder(String name, @Nullable Object value) {
        if (value != null && text(value).contains("${")) {
            throw new ConfigException(name + " still holds a placeholder (${...}) that no configuration provider has"
                    + " replaced. Check the worker's config.providers and what they may read");
        }
    }

    private static String text(Object value) {
        return value instanceof Password password ? password.value() : value.toString();
    }

    @FunctionalInterface
    private interface Check {
        void run(String name, @Nullable Object value);
    }

    /** A validator with words for the reference. */
    private record Named(String described, Check check) implements ConfigDef.Validator {

        @Override
        public void ensureValid(String name, @Nullable Object value) {
            check.run(name, value);
        }

        @Override
        public String toString() {
            return described;
        }
    }
}
