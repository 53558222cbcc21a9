package io.catalogconnect.bigquery;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Checks of single configuration values; each says the key, the value and what would be right. */
final class Validators {

    private Validators() {}

    /** Lower-case names of an enum's constants, for a key whose values they are. */
    static <E extends Enum<E>> ConfigDef.Validator oneOf(Class<E> type) {
        List<String> names = Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return of("one of " + names, (key, value) -> {
            if (!names.contains(String.valueOf(value))) {
                throw new ConfigException(key, value, "must be one of " + String.join(", ", names));
            }
        });
    }

    static <E extends Enum<E>> E parse(Class<E> type, String value) {
        return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A value in which every reference to a configuration provider was resolved, and that some more holds of. */
    static ConfigDef.Validator resolved(String description, Consumer<String> more) {
        return of(description, (key, value) -> {
            if (value == null) {
                return;
            }
            String text = value instanceof Password password ? password.value() : String.valueOf(value);
            if (text.contains("${")) {
                throw new ConfigException(
                        key,
                        value,
                        "still holds a reference to a configuration provider that the worker did not resolve; check the"
                                + " worker's config.providers and what that provider is allowed to read");
            }
            if (!text.isEmpty()) {
                try {
                    more.accept(text);
                } catch (IllegalArgumentException e) {
                    throw new ConfigException(key, value, e.getMessage());
                }
            }
        });
    }

    static ConfigDef.Validator matching(Pattern pattern, String description) {
        return resolved(description, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("must be " + description);
            }
        });
    }

    /** A list without empty entries, each of which must pass. */
    static ConfigDef.Validator each(String description, Consumer<String> entry) {
        return of(description, (key, value) -> {
            for (Object each : value instanceof List<?> entries ? entries : List.of()) {
                try {
                    entry.accept(String.valueOf(each));
                } catch (IllegalArgumentException e) {
                    throw new ConfigException(key, each, e.getMessage());
                }
            }
        });
    }

    static ConfigDef.Validator all(ConfigDef.Validator... validators) {
        String description = Stream.of(validators).map(Object::toString).collect(Collectors.joining(", "));
        return of(description, (key, value) -> {
            for (ConfigDef.Validator validator : validators) {
                validator.ensureValid(key, value);
            }
        });
    }

    /** One check of a key's value. */
    @FunctionalInterface
    interface Check {
        void ensureValid(String key, @Nullable Object value);
    }

    private static ConfigDef.Validator of(String description, Check check) {
        return new ConfigDef.Validator() {
            @Override
            public void ensureValid(String key, @Nullable Object value) {
                check.ensureValid(key, value);
            }

            @Override
            public String toString() {
                return description;
            }
        };
    }
}
