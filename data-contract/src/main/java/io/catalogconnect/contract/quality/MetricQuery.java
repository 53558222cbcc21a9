package io.catalogconnect.contract.quality;

import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.QualityCheck;
import io.catalogconnect.contract.render.SqlText;
import io.catalogconnect.settings.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query of a metric of ODCS.
 *
 * @param column name of the column; empty for a check of the object
 */
record MetricQuery(DataObject object, String column, QualityCheck check) {
    private static final List<String> METRICS =
            List.of("rowCount", "nullValues", "missingValues", "invalidValues", "duplicateValues");

    String sql() throws InvalidCheckException {
        return switch (check.metric()) {
            case "rowCount" -> rowCount();
            case "nullValues" -> count(name() + " IS NULL");
            case "missingValues" -> count(missing());
            case "invalidValues" -> count(invalid());
            case "duplicateValues" -> duplicates();
            default ->
                throw new InvalidCheckException("There is no metric '" + check.metric() + "'."
                        + NearestName.of(check.metric(), METRICS)
                                .map(nearest -> " Did you mean '" + nearest + "'?")
                                .orElse(" The metrics are: " + String.join(", ", METRICS) + "."));
        };
    }

    private String rowCount() throws InvalidCheckException {
        if (check.percent()) {
            throw new InvalidCheckException("rowCount cannot have the unit percent.");
        }
        return "SELECT COUNT(*)" + from();
    }

    private String missing() throws InvalidCheckException {
        List<String> values = check.arguments().missingValues();
        return name() + " IS NULL" + (values.isEmpty() ? "" : " OR " + text() + " IN " + list(values));
    }

    private String invalid() throws InvalidCheckException {
        List<String> conditions = new ArrayList<>();
        if (!check.arguments().pattern().isEmpty()) {
            conditions.add("REGEXP_CONTAINS(" + text() + ", "
                    + SqlText.string(check.arguments().pattern()) + ")");
        }
        if (!check.arguments().validValues().isEmpty()) {
            conditions.add(text() + " IN " + list(check.arguments().validValues()));
        }
        if (conditions.isEmpty()) {
            throw new InvalidCheckException(
                    "invalidValues needs arguments: {pattern: REGEX} or {validValues: [VALUES]}.");
        }
        return "NOT (" + String.join(" AND ", conditions) + ")";
    }

    /** The rows whose values occurred in another row already. Rows without a value do not count in a check of a column. */
    private String duplicates() throws InvalidCheckException {
        List<String> columns = column.isEmpty() ? check.arguments().properties() : List.of(column);
        if (columns.isEmpty()) {
            throw new InvalidCheckException("duplicateValues of an object needs arguments: {properties: [COLUMNS]}.");
        }
        for (String name : columns) {
            if (object.column(name).isEmpty()) {
                throw new InvalidCheckException(
                        "duplicateValues names the column '" + name + "', which " + object.name() + " does not have.");
            }
        }
        String names = columns.stream().map(SqlText::name).collect(Collectors.joining(", "));
        String groups = "SELECT COUNT(*) AS n" + from()
                + (column.isEmpty() ? "" : (filter().isEmpty() ? " WHERE " : " AND ") + name() + " IS NOT NULL")
                + " GROUP BY " + names;
        return "SELECT " + (check.percent() ? "IFNULL(100 * SUM(n - 1) / SUM(n), 0)" : "IFNULL(SUM(n - 1), 0)")
                + " FROM (" + groups + ")";
    }

    private String count(String condition) {
        String rows = "COUNTIF(" + condition + ")";
        return "SELECT " + (check.percent() ? "IFNULL(100 * " + rows + " / NULLIF(COUNT(*), 0), 0)" : rows) + from();
    }

    private String from() {
        return " FROM " + SqlText.name(object.physicalName()) + filter();
    }

    /** A condition that all rows meet, for a table that cannot be queried without one. */
    private String filter() {
        return object.partitionColumn()
                .filter(partition -> object.requirePartitionFilter())
                .map(partition -> " WHERE " + SqlText.allPartitions(partition.name(), partition.physicalType()))
                .orElse("");
    }

    private String name() throws InvalidCheckException {
        if (column.isEmpty()) {
            throw new InvalidCheckException(check.metric() + " is a check of a column, not of an object.");
        }
        return SqlText.name(column);
    }

    private String text() throws InvalidCheckException {
        return "CAST(" + name() + " AS STRING)";
    }

    private static String list(List<String> values) {
        return SqlText.list(values.stream());
    }
}
