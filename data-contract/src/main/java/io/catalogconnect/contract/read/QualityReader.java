package io.catalogconnect.contract.read;

import io.catalogconnect.contract.model.QualityArguments;
import io.catalogconnect.contract.model.QualityCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** Reads the quality checks of an object or of a column. */
final class QualityReader {
    private static final List<Entry<String, String>> DEFINITION = List.of(
            Map.entry(
                    "type",
                    "`library` for a metric, `sql` for a query. Other types are documentation. Default: the one that fits."),
            Map.entry("metric", "[Metric](catalogctl.md#check), such as `nullValues`."),
            Map.entry("rule", "Earlier name of `metric`."),
            Map.entry("engine", "Documentation."),
            Map.entry("implementation", "Documentation."),
            Map.entry("unit", "`percent` for a share of the rows. Default: a number of rows."));
    private static final List<Entry<String, String>> LIMITS = List.of(
            Map.entry("mustBe", "The number must equal this one."),
            Map.entry("mustNotBe", "The number must differ from this one."),
            Map.entry("mustBeGreaterThan", "The number must be greater than this one."),
            Map.entry("mustBeGreaterOrEqualTo", "The number must be greater than this one, or equal it."),
            Map.entry("mustBeLessThan", "The number must be less than this one."),
            Map.entry("mustBeLessOrEqualTo", "The number must be less than this one, or equal it."),
            Map.entry(
                    "mustBeBetween",
                    "Two numbers, such as `[1, 5]`: the number must be in this range, which includes both."),
            Map.entry("mustNotBeBetween", "Two numbers, such as `[1, 5]`: the number must be outside of this range."));

    private QualityReader() {}

    /** The checks in the key {@code quality} of a part. */
    static List<QualityCheck> read(Fields part) {
        return part
                .list("quality", "a quality check", "Quality checks, which [`check`](catalogctl.md#check) runs.")
                .stream()
                .map(QualityReader::check)
                .toList();
    }

    private static QualityCheck check(Fields check) {
        Map<String, String> limits = values(check, LIMITS, "number");
        Map<String, String> definition = values(check, DEFINITION, "text");
        String metric = definition.getOrDefault("metric", definition.getOrDefault("rule", ""));
        Field sql = check.key(
                "query", "SELECT statement that returns one number. `{object}` is the table, `{property}` the column.");
        put(definition, "query", sql.anything("text"));
        put(definition, "arguments", check.key("arguments").anything("mapping"));
        String query = sql.text();
        QualityCheck read = new QualityCheck(
                check.key("id", "Name of the check in results. Default: the metric.")
                        .text(),
                check.key("description", "Text for the catalogue.").text(),
                definition.getOrDefault("type", query.isEmpty() ? "library" : "sql"),
                metric,
                arguments(check.inner("arguments", "arguments of a quality check", "Arguments of the metric.")),
                query,
                definition.getOrDefault("unit", "").equals("percent"),
                check.key("severity", "`error` for a check that must hold. Default: `error`.")
                        .text(),
                definition.toString(),
                limits,
                check.places());
        check.ignore("authoritativeDefinitions", "businessImpact", "customProperties", "dimension", "method")
                .ignore("name", "schedule", "scheduler", "tags")
                .done();
        return read;
    }

    private static QualityArguments arguments(Fields arguments) {
        return new QualityArguments(
                arguments
                        .key("pattern", "Regular expression of valid values, for `invalidValues`.")
                        .text(),
                arguments
                        .key("validValues", "Valid values, for `invalidValues`.")
                        .values(),
                arguments
                        .key("missingValues", "Values that mean a missing value, for `missingValues`.")
                        .values(),
                arguments
                        .key("properties", "Columns, for `duplicateValues` of an object.")
                        .values());
    }

    private static Map<String, String> values(Fields check, List<Entry<String, String>> keys, String type) {
        Map<String, String> values = new LinkedHashMap<>();
        keys.forEach(key -> put(
                values, key.getKey(), check.key(key.getKey(), key.getValue()).anything(type)));
        return values;
    }

    private static void put(Map<String, String> values, String key, String value) {
        if (!value.isEmpty()) {
            values.put(key, value);
        }
    }
}
