package io.catalogconnect.contract.read;

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
        QualityCheck read = new QualityCheck(
                check.text("id"),
                check.text("description"),
                definition.getOrDefault("metric", definition.getOrDefault("rule", "")),
                definition.getOrDefault("query", ""),
                check.text("severity"),
                definition.toString(),
                limits,
                check.places());
        check.ignore("authoritativeDefinitions", "businessImpact", "customProperties", "dimension", "method")
                .ignore("name", "schedule", "scheduler", "tags")
                .done();
        return read;
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
