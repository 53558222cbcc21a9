package io.catalogconnect.transforms;

import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.condition.DeclaredFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Keys of which several transformations have one, and how rules are read from them.
 *
 * <p>A whole rule, or a whole list of rules, sits in one key, whose validator compiles it: so REST validation shows a mistake
 * where it was made. What takes two keys (a rule and the declared fields) is checked in a recommender, because that is where
 * Connect lets a key see another one.
 */
public final class RuleKeys {
    /** The fields that values have. */
    public static final String FIELDS = "fields";
    /** What becomes of a record with a null where a condition needs a value. */
    public static final String ON_NULL = "on.null";
    /** What becomes of a record without a field that a condition asks for. */
    public static final String ON_MISSING_FIELD = "on.missing.field";
    /** What becomes of a record without a value. */
    public static final String ON_TOMBSTONE = "on.tombstone";

    static final String RULES = "Rules";
    static final String POLICIES = "Policies";

    private static final String LIST_SYNTAX =
            " A line that begins with a space goes on with the entry above it, a line that begins"
                    + " with # is a remark.";

    /** What the names in a list of rules are. */
    enum Naming {
        /** The topic that a record comes with, once. */
        TOPIC("topic", true),
        /** A topic that a record may go to, as often as there are reasons. */
        ROUTE("topic", false),
        /** A header, once. */
        HEADER("header", true);

        private final String what;
        private final boolean once;

        Naming(String what, boolean once) {
            this.what = what;
            this.once = once;
        }
    }

    private interface Check {
        void accept(String key, String value);
    }

    private RuleKeys() {}

    /** Defines a key that holds one condition. */
    public static ConfigDef defineCondition(
            ConfigDef def, String key, Object defaultValue, String doc, String displayName) {
        return def.define(
                key,
                ConfigDef.Type.STRING,
                defaultValue,
                validator(
                        "a condition such as present(value.image)",
                        (name, source) -> condition(name, source, DeclaredFields.NONE)),
                Importance.HIGH,
                doc,
                RULES,
                1,
                Width.LONG,
                displayName,
                withFields((name, source, fields) -> condition(name, source, fields)));
    }

    /** Defines a key that holds a list of named conditions. */
    static ConfigDef defineList(
            ConfigDef def, String key, Object defaultValue, Naming naming, int order, String doc, String displayName) {
        return def.define(
                key,
                ConfigDef.Type.STRING,
                defaultValue,
                validator(
                        "lines of the form '" + naming.what + ": condition'",
                        (name, source) -> read(naming, source, DeclaredFields.NONE)),
                Importance.HIGH,
                doc + LIST_SYNTAX,
                RULES,
                order,
                Width.LONG,
                displayName,
                withFields((name, source, fields) -> read(naming, source, fields)));
    }

    /** Defines the key that declares the value's fields. */
    public static ConfigDef defineFields(ConfigDef def) {
        return def.define(
                FIELDS,
                ConfigDef.Type.STRING,
                "",
                validator("name:kind, with kinds " + DeclaredFields.KINDS, (name, source) -> fields(source)),
                Importance.MEDIUM,
                "The fields that values have, as in 'brand:string, year_release:int64, image:string?'. With it a rule that asks for"
                        + " another field, or for a field of another kind, is refused before it runs; without it the first record"
                        + " of a schema tells.",
                RULES,
                9,
                Width.LONG,
                "Declared fields");
    }

    /** Defines a key that holds one of an enum's choices. */
    public static <E extends Enum<E>> ConfigDef defineChoice(
            ConfigDef def, String key, E defaultValue, int order, String group, String doc, String displayName) {
        List<String> names = new ArrayList<>();
        for (E choice : defaultValue.getDeclaringClass().getEnumConstants()) {
            names.add(nameOf(choice));
        }
        return def.define(
                key,
                ConfigDef.Type.STRING,
                nameOf(defaultValue),
                validator(String.join(", ", names), (name, value) -> {
                    if (!names.contains(value.toLowerCase(Locale.ROOT))) {
                        throw new ConfigException("Configuration " + name + " is '" + value + "', it must be one of: "
                                + String.join(", ", names));
                    }
                }),
                Importance.MEDIUM,
                doc,
                group,
                order,
                Width.SHORT,
                displayName);
    }

    /** Defines the keys for records that a condition cannot decide, all with the same choices. */
    public static <E extends Enum<E>> ConfigDef definePolicies(ConfigDef def, E defaultValue, String choices) {
        defineChoice(
                def,
                ON_NULL,
                defaultValue,
                1,
                POLICIES,
                "What happens to a record with a null where a condition needs a value, as in value.price > 100: "
                        + choices + ".",
                "On null");
        return defineChoice(
                def,
                ON_MISSING_FIELD,
                defaultValue,
                2,
                POLICIES,
                "What happens to a record that does not have a field that a condition asks for: " + choices + ".",
                "On missing field");
    }

    /** The choice that a valid value names. */
    public static <E extends Enum<E>> E choice(Class<E> choices, String value) {
        return Enum.valueOf(choices, value.toUpperCase(Locale.ROOT).replace('.', '_'));
    }

    /** The fields that a value of {@link #FIELDS} declares. */
    public static DeclaredFields fields(String declaration) {
        try {
            return DeclaredFields.parse(declaration);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("Configuration " + FIELDS + ": " + e.getMessage());
        }
    }

    /** The rule in a key that holds one condition. */
    public static Rule condition(String key, String source, DeclaredFields fields) {
        try {
            return new Rule(Condition.of(ConditionText.whole(key, source), fields));
        } catch (ConditionSyntaxException e) {
            throw refused(key, e);
        }
    }

    /** The rules in a key that holds a list of them, in order. */
    static List<Rule> list(String key, Naming naming, String source, DeclaredFields fields) {
        try {
            return read(naming, source, fields);
        } catch (ConditionSyntaxException e) {
            throw refused(key, e);
        }
    }

    private static List<Rule> read(Naming naming, String source, DeclaredFields fields) {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConditionText text : RuleList.parse(naming.what, source)) {
            if (!names.add(text.name()) && naming.once) {
                throw text.errorAt(
                        0,
                        "there is a condition for " + naming.what + " '" + text.name()
                                + "' already; join them with || or &&");
            }
            rules.add(new Rule(Condition.of(text, fields)));
        }
        return rules;
    }

    static String nameOf(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static ConfigException refused(String key, ConditionSyntaxException e) {
        return new ConfigException("Configuration " + key + ", " + e.getMessage());
    }

    static ConfigDef.Validator validator(String expected, Check check) {
        return new ConfigDef.Validator() {
            @Override
            public void ensureValid(String name, @Nullable Object value) {
                if (value instanceof String text && !text.isEmpty()) {
                    try {
                        check.accept(name, text);
                    } catch (ConditionSyntaxException e) {
                        throw refused(name, e);
                    }
                }
            }

            @Override
            public String toString() {
                return expected;
            }
        };
    }

    private interface CheckWithFields {
        void accept(String key, String source, DeclaredFields fields);
    }

    private static ConfigDef.Recommender withFields(CheckWithFields check) {
        return new ConfigDef.Recommender() {
            @Override
            public List<Object> validValues(String name, Map<String, Object> parsed) {
                if (parsed.get(name) instanceof String source
                        && !source.isBlank()
                        && parsed.get(FIELDS) instanceof String declaration
                        && !declaration.isBlank()) {
                    try {
                        check.accept(name, source, DeclaredFields.NONE);
                    } catch (ConditionSyntaxException | ConfigException alreadyToldByTheValidator) {
                        return List.of();
                    }
                    try {
                        check.accept(name, source, fields(declaration));
                    } catch (ConditionSyntaxException e) {
                        throw refused(name, e);
                    }
                }
                return List.of();
            }

            @Override
            public boolean visible(String name, Map<String, Object> parsed) {
                return true;
            }
        };
    }
}
