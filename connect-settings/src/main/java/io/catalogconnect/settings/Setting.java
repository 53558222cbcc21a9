package io.catalogconnect.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key: its type, default, accepted values and documentation. Immutable; each method that changes something
 * returns another setting.
 *
 * <p>A parser refuses a value with an {@link IllegalArgumentException} whose message continues "KEY is 'VALUE': ", for example
 * "it must be a region such as eu-central-1".
 *
 * @param <T> the type that the plugin works with, for example {@link Duration} for a key in milliseconds
 */
public final class Setting<T> {

    private final String name;
    private final ConfigDef.Type type;
    private final @Nullable Object defaultValue;
    private final Function<Object, T> parser;
    private final String accepted;
    private final List<String> words;
    private final Importance importance;
    private final Width width;
    private final String label;
    private final String doc;

    private Setting(
            String name,
            ConfigDef.Type type,
            @Nullable Object defaultValue,
            Function<Object, T> parser,
            String accepted,
            List<String> words,
            Importance importance,
            Width width,
            String label,
            String doc) {
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.parser = parser;
        this.accepted = accepted;
        this.words = words;
        this.importance = importance;
        this.width = width;
        this.label = label;
        this.doc = doc;
    }

    private static <T> Setting<T> of(
            String name, ConfigDef.Type type, Object defaultValue, Width width, Function<Object, T> parser) {
        return new Setting<>(name, type, defaultValue, parser, "", List.of(), Importance.LOW, width, "", "");
    }

    /** A text that must not be blank, without a default: the key is required until {@link #defaultsTo} gives it one. */
    public static Setting<String> text(String name) {
        return parsed(name, "a text that is not blank", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("it must not be blank");
            }
            return text;
        });
    }

    /** A text that a parser reads, without a default. The parser gets an empty text as well. */
    public static <T> Setting<T> parsed(String name, String accepted, Function<String, T> parser) {
        return Setting.<T>of(
                        name,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Width.MEDIUM,
                        value -> parser.apply((String) value))
                .accepting(accepted, List.of());
    }

    /** A comma-separated list whose entries a parser reads; empty by default. */
    public static <T> Setting<List<T>> list(String name, String accepted, Function<String, T> entryParser) {
        return Setting.<List<T>>of(
                        name,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Width.LONG,
                        value -> ((List<?>) value)
                                .stream()
                                        .map(entry -> entryParser.apply(((String) entry).strip()))
                                        .toList())
                .accepting(accepted, List.of());
    }

    /** One word of an enum, in any case. Its words are the constants' names in lower case, with hyphens for underscores. */
    public static <E extends Enum<E>> Setting<E> word(String name, E defaultValue) {
        return words(
                name, defaultValue, List.of(defaultValue.getDeclaringClass().getEnumConstants()));
    }

    /** One word of some constants of an enum, in any case: the default, and the others. */
    public static <E extends Enum<E>> Setting<E> oneOf(String name, E defaultValue, List<E> others) {
        return words(
                name,
                defaultValue,
                Stream.concat(Stream.of(defaultValue), others.stream()).toList());
    }

    private static <E extends Enum<E>> Setting<E> words(String name, E defaultValue, List<E> constants) {
        List<String> words = constants.stream().map(Setting::wordOf).toList();
        return Setting.<E>of(name, ConfigDef.Type.STRING, wordOf(defaultValue), Width.SHORT, value -> {
                    int index = words.indexOf(((String) value).strip().toLowerCase(Locale.ROOT));
                    if (index < 0) {
                        throw new IllegalArgumentException("it must be one of " + String.join(", ", words));
                    }
                    return constants.get(index);
                })
                .accepting(String.join(", ", words), words);
    }

    /** The word that stands for an enum constant in a configuration. */
    public static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True or false. */
    public static Setting<Boolean> flag(String name, boolean defaultValue) {
        return of(name, ConfigDef.Type.BOOLEAN, defaultValue, Width.SHORT, value -> (Boolean) value);
    }

    /** A whole number between two bounds, both included. */
    public static Setting<Integer> integer(String name, int defaultValue, int least, int most) {
        return Setting.<Integer>of(name, ConfigDef.Type.INT, defaultValue, Width.SHORT, value -> {
                    return (Integer) inRange((Integer) value, least, most);
                })
                .accepting(range(least, most), List.of());
    }

    /** A whole number of 64 bits between two bounds, both included. */
    public static Setting<Long> number(String name, long defaultValue, long least, long most) {
        return Setting.<Long>of(name, ConfigDef.Type.LONG, defaultValue, Width.SHORT, value -> {
                    return (Long) inRange((Long) value, least, most);
                })
                .accepting(range(least, most), List.of());
    }

    /** A number from 0 to 1. */
    public static Setting<Double> ratio(String name, double defaultValue) {
        return Setting.<Double>of(name, ConfigDef.Type.DOUBLE, defaultValue, Width.SHORT, value -> {
                    double ratio = (Double) value;
                    if (!(ratio >= 0 && ratio <= 1)) {
                        throw new IllegalArgumentException("it must be between 0 and 1");
                    }
                    return ratio;
                })
                .accepting("0 to 1", List.of());
    }

    /** A duration in milliseconds between two bounds, both included. */
    public static Setting<Duration> millis(String name, long defaultValue, long least, long most) {
        return number(name, defaultValue, least, most).map(Duration::ofMillis);
    }

    /** A duration in milliseconds up to a bound; -1, which means no limit, is empty. */
    public static Setting<Optional<Duration>> millisOrUnlimited(String name, long defaultValue, long most) {
        return number(name, defaultValue, -1, most)
                .map(millis -> millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis)));
    }

    /** A secret; Connect never shows it. Empty when it is not set. */
    public static Setting<Optional<String>> password(String name) {
        return of(
                name,
                ConfigDef.Type.PASSWORD,
                new Password(""),
                Width.LONG,
                value -> Optional.of(((Password) value).value()).filter(secret -> !secret.isEmpty()));
    }

    /** The same key, whose value is empty when the text is blank. It is blank by default. */
    public Setting<Optional<T>> optional() {
        return new Setting<>(
                name,
                type,
                "",
                value -> ((String) value).isBlank() ? Optional.<T>empty() : Optional.of(parser.apply(value)),
                accepted,
                words,
                importance,
                width,
                label,
                doc);
    }

    /** The same key with another type of value. The function may refuse a value as a parser does. */
    public <U> Setting<U> map(Function<T, U> function) {
        return new Setting<>(
                name,
                type,
                defaultValue,
                value -> function.apply(parser.apply(value)),
                accepted,
                words,
                importance,
                width,
                label,
                doc);
    }

    /** The same key with a default, in Connect's type. */
    public Setting<T> defaultsTo(Object value) {
        return new Setting<>(name, type, value, parser, accepted, words, importance, width, label, doc);
    }

    /** The same key with what a person reads about it. */
    public Setting<T> described(Importance importance, String label, String doc) {
        return new Setting<>(name, type, defaultValue, parser, accepted, words, importance, width, label, doc);
    }

    /** The same key with a field of another width in user interfaces. */
    public Setting<T> wide(Width width) {
        return new Setting<>(name, type, defaultValue, parser, accepted, words, importance, width, label, doc);
    }

    private Setting<T> accepting(String accepted, List<String> words) {
        return new Setting<>(name, type, defaultValue, parser, accepted, words, importance, width, label, doc);
    }

    /** The key. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Reads a value that Connect has converted to this key's type.
     *
     * @throws ConfigException that names the key, the value (never a secret) and what is accepted
     */
    T parse(@Nullable Object value) {
        if (value == null) {
            throw new ConfigException(name + " has no value. Give it one, or remove the key to get its default");
        }
        if (textOf(value).contains("${")) {
            throw new ConfigException(
                    name + " contains a placeholder (${...}) that no configuration provider has replaced."
                            + " Check the worker's config.providers and which files or variables they may read");
        }
        try {
            return parser.apply(value);
        } catch (ConfigException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    type == ConfigDef.Type.PASSWORD
                            ? name + " is not valid: " + e.getMessage()
                            : name + " is '" + Shortened.of(textOf(value)) + "': " + e.getMessage());
        }
    }

    ConfigDef defineIn(ConfigDef definition, String group, int order, ConfigDef.Recommender recommender) {
        return definition.define(
                name,
                type,
                defaultValue,
                new ParsingValidator(this),
                importance,
                doc,
                group,
                order,
                width,
                label.isEmpty() ? name : label,
                recommender);
    }

    List<Object> recommendedValues() {
        return List.copyOf(words);
    }

    String accepted() {
        return accepted;
    }

    private static String textOf(Object value) {
        return value instanceof Password password
                ? password.value()
                : value instanceof List<?> list
                        ? String.join(",", list.stream().map(String::valueOf).toList())
                        : value.toString();
    }

    private static Number inRange(Number value, long least, long most) {
        if (value.longValue() < least || value.longValue() > most) {
            throw new IllegalArgumentException("it must be " + range(least, most));
        }
        return value;
    }

    private static String range(long least, long most) {
        return most == Long.MAX_VALUE || most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
    }

    /** Refuses what the setting's parser refuses, and names what it accepts in the generated reference. */
    private record ParsingValidator(Setting<?> setting) implements ConfigDef.Validator {

        @Override
        public void ensureValid(String name, @Nullable Object value) {
            // Connect reports a missing or mistyped value itself, and passes null.
            if (value != null) {
                setting.parse(value);
            }
        }

        @Override
        public String toString() {
            return setting.accepted;
        }
    }
}
