package io.catalogconnect.contract.read;

import io.catalogconnect.contract.model.QualityArguments;
import io.catalogconnect.contract.model.QualityCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the quality checks of an object or of a column. */
final class QualityReader {
    private static final List<String> DEFINITION =
            List.of("type", "metric", "rule", "arguments", "query", "engine", "implementation", "unit");
    private static final List<String> LIMITS = List.of(
            "mustBe",
            "mustNotBe",
            "mustBeGreaterThan",
            "mustBeGreaterOrEqualTo",
            "mustBeLessThan",
            "mustBeLessOrEqualTo",
            "mustBeBetween",
            "mustNotBeBetween");

    private QualityReader() {}

    /** The checks in the key {@code quality} of a part. */
    static List<QualityCheck> read(Fields part) {
        return part.list("quality", "a quality check").stream()
                .map(QualityReader::check)
                .toList();
    }

    private static QualityCheck check(Fields check) {
        Map<String, String> limits = values(check, LIMITS);
        Map<String, String> definition = values(check, DEFINITION);
        String metric = definition.getOrDefault("metric", definition.getOrDefault("rule", ""));
        String query = check.text("query");
        QualityCheck read = new QualityCheck(
                check.text("id"),
                check.text("description"),
                definition.getOrDefault("type", query.isEmpty() ? "library" : "sql"),
                metric,
                arguments(check.inner("arguments", "arguments of a quality check")),
                query,
                definition.getOrDefault("unit", "").equals("percent"),
                check.text("severity"),
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
                arguments.text("pattern"),
                arguments.values("validValues"),
                arguments.values("missingValues"),
                arguments.values("properties"));
    }

    private static Map<String, String> values(Fields check, List<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : keys) {
            String value = check.anything(key);
            if (!value.isEmpty()) {
                values.put(key, value);
            }
        }
        return values;
    }
}
