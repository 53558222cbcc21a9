package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.Product.TopicSettings;
import io.catalogconnect.settings.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Objects, and how they depend on each other. */
record ObjectRules(Contract contract, Findings findings) {
    private static final String RESERVED_TABLES = "_catalog_connect_";
    private static final String HISTORY = "_history";
    private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    void check() {
        if (contract.objects().isEmpty()) {
            findings.error(contract.places().value("schema"), "object", "The contract has no objects in schema.");
            return;
        }
        DataObject product = contract.objects().get(0);
        Set<String> topics = new HashSet<>();
        Set<String> tables = new HashSet<>();
        for (DataObject object : contract.objects()) {
            name(object, "physicalName", object.physicalName(), TABLE, "a table", tables);
            name(object, "topic", object.topic(), TOPIC, "a topic", topics);
            reserved(object);
        }
        TopicSettings others = contract.product().topics();
        other(others, "events", others.events(), topics);
        other(others, "rejects", others.rejects(), topics);
        first(product);
        contract.objects().stream().skip(1).forEach(object -> derived(product, object));
    }

    private void name(DataObject object, String key, String value, Pattern form, String what, Set<String> others) {
        if (value.isEmpty()) {
            if (key.equals("topic")) {
                findings.error(object.places().own(), "object", "The object " + object.name() + " has no topic.");
            }
            return;
        }
        if (!form.matcher(value).matches()) {
            findings.error(
                    object.places().value(key), "object", "'" + value + "' is not a valid name of " + what + ".");
        }
        if (!others.add(value)) {
            findings.error(
                    object.places().value(key), "object", "Another object has the " + key + " '" + value + "' too.");
        }
    }

    private void reserved(DataObject object) {
        String table = object.physicalName();
        boolean history = table.endsWith(HISTORY)
                && contract.environmentNames().stream()
                        .flatMap(name -> contract.environment(name).stream())
                        .anyMatch(Environment::replaces);
        if (table.startsWith(RESERVED_TABLES) || history) {
            findings.error(
                    object.places().value("physicalName"),
                    "object",
                    "The name of the table '" + table + "' is reserved: the sink writes its own tables, which "
                            + (history ? "end with " + HISTORY : "start with " + RESERVED_TABLES)
                            + ". Choose another name.");
        }
    }

    /** A topic whose records are not rows. */
    private void other(TopicSettings settings, String key, String topic, Set<String> others) {
        if (topic.isEmpty()) {
            return;
        }
        Place place = settings.places().value(key);
        if (!TOPIC.matcher(topic).matches()) {
            findings.error(place, "object", "'" + topic + "' is not a valid name of a topic.");
        }
        if (!others.add(topic)) {
            findings.error(
                    place,
                    "object",
                    "The topic '" + topic + "' has other records already. topics." + key + " needs its own topic.");
        }
    }

    private void first(DataObject product) {
        if (product.isDerived() || !product.rule().isEmpty()) {
            findings.error(
                    product.places().own(),
                    "object",
                    "The first object contains all rows, so it has neither from nor rule.");
        }
        long partitions = product.columns().stream().filter(Column::partitioned).count();
        if (partitions != 1) {
            findings.error(
                    product.places().value("properties"),
                    "partition",
                    "The object " + product.name() + " has " + partitions
                            + " columns with partitioned: true. It needs one.");
        }
    }

    private void derived(DataObject product, DataObject object) {
        if (!object.from().equals(product.name())) {
            findings.error(
                    object.places().value("from"),
                    "object",
                    "from of " + object.name() + " is '" + object.from() + "'. It must be the first object, '"
                            + product.name() + "'.");
        }
        if (object.rule().isEmpty()) {
            findings.error(
                    object.places().own(),
                    "rule",
                    "The object " + object.name() + " has no rule. To select all rows, write rule: \"true\".");
        }
        if (!names(object).equals(names(product))) {
            findings.error(
                    object.places().value("properties"),
                    "columns",
                    "The object " + object.name() + " must have the columns of " + product.name()
                            + " in the same order. Leaving out columns is not supported.");
        }
        if (!object.clustering().equals(product.clustering())
                || object.requirePartitionFilter() != product.requirePartitionFilter()
                || !object.partitionType().equals(product.partitionType())) {
            findings.error(
                    object.places().own(),
                    "object",
                    "clustering, partitionType and requirePartitionFilter must be the same for all objects, because"
                            + " one sink connector writes them.");
        }
        for (String column : object.clustering()) {
            if (object.column(column).isEmpty()) {
                findings.error(
                        object.places().value("clustering"),
                        "object",
                        "There is no column '" + column + "'." + Suggestion.of(NearestName.of(column, names(object))));
            }
        }
    }

    private static List<String> names(DataObject object) {
        return object.columns().stream().map(Column::name).toList();
    }
}
