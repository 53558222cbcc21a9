package io.catalogconnect.transforms.config;

import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.condition.DeclaredFields;
import io.catalogconnect.transforms.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * Keys that hold conditions. A whole condition, or a whole list of them, is the value of one key, so that validation reports
 * a mistake at the key that contains it.
 */
final class RuleKeys {
    static final String RULES = "Rules";

    static final String LIST_SYNTAX =
            " A line that starts with a space continues the entry above it. A line that starts with #"
                    + " is a comment.";

    static final Setting<DeclaredFields> FIELDS = Setting.parsed(
                    "fields", "name:kind, ... with the kinds " + DeclaredFields.KINDS, DeclaredFields::parse)
            .defaultsTo("")
            .wide(Width.LONG)
            .described(
                    Importance.MEDIUM,
                    "Declared fields",
                    "Fields of the record's value, for example `brand:string, year_release:int64, image:string?`. With this key a"
                            + " condition that reads another field, or a field of another kind, is refused when the connector"
                            + " is created. Without it such a mistake is reported at the first record of a schema.");

    /** The kind of names in a list of conditions. */
    enum Naming {
        /** The topic of a record; each topic has one condition. */
        TOPIC("topic", "condition", true),
        /** A destination topic; a topic may have several conditions. */
        ROUTE("topic", "route to", false),
        /** A header; each header has one condition. */
        HEADER("header", "tag", true);

        private final String kind;
        private final String title;
        private final boolean unique;

        Naming(String kind, String title, boolean unique) {
            this.kind = kind;
            this.title = title;
            this.unique = unique;
        }
    }

    private RuleKeys() {}

    /** A key with one condition. */
    static Setting<ConditionText> condition(String name) {
        return Setting.parsed(name, "a condition such as present(value.image)", source -> {
                    ConditionText text = ConditionText.whole(name, source);
                    refuseInvalid(name, () -> Condition.of(text));
                    return text;
                })
                .wide(Width.LONG);
    }

    /** A key with a list of named conditions that has at least one entry. */
    static Setting<List<ConditionText>> list(String name, Naming naming) {
        return Setting.parsed(name, "one `" + naming.kind + ": condition` per line", source -> {
                    List<ConditionText> texts = refuseInvalid(name, () -> parse(naming, source));
                    if (texts.isEmpty()) {
                        throw new ConfigException(
                                name + " has no entry. Write `" + naming.kind + ": condition` on a line");
                    }
                    return texts;
                })
                .wide(Width.LONG);
    }

    private static List<ConditionText> parse(Naming naming, String source) {
        List<ConditionText> texts = RuleList.parse(naming.kind, source);
        Set<String> names = new HashSet<>();
        for (ConditionText text : texts) {
            if (!names.add(text.name()) && naming.unique) {
                throw text.errorAt(
                        0, naming.kind + " '" + text.name() + "' already has a condition; join the two with || or &&");
            }
            Condition.of(text);
        }
        return texts;
    }

    private interface Parsing<T> {
        T run();
    }

    private static <T> T refuseInvalid(String name, Parsing<T> parsing) {
        try {
            return parsing.run();
        } catch (ConditionSyntaxException e) {
            throw new ConfigException(name + " is not valid: " + e.getMessage());
        }
    }

    /** A check that conditions fit the declared fields. */
    static SettingsTable.Check fitFields(Setting<List<ConditionText>> key) {
        return (settings, problems) -> fitFields(key, settings.get(key), settings, problems);
    }

    static void fitFields(Setting<?> key, List<ConditionText> texts, Settings settings, Problems problems) {
        DeclaredFields fields = settings.get(FIELDS);
        try {
            texts.forEach(text -> Condition.of(text, fields));
        } catch (ConditionSyntaxException e) {
            problems.add(key, "is not valid: " + e.getMessage());
        }
    }

    /** The rules of a list. */
    static List<Rule> rules(Naming naming, List<ConditionText> texts, Settings settings) {
        DeclaredFields fields = settings.get(FIELDS);
        return texts.stream()
                .map(text -> new Rule(naming.title + " '" + text.name() + "'", Condition.of(text, fields)))
                .toList();
    }
}
