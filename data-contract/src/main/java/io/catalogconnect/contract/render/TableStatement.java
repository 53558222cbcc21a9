package io.catalogconnect.contract.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The statement that creates a table. */
final class TableStatement {
    private static final long DAY = 86_400_000;

    private TableStatement() {}

    static String of(TableSpec table) {
        StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ")
                .append(SqlText.name(table.name()))
                .append(" (\n")
                .append(table.columns().stream().map(TableStatement::column).collect(Collectors.joining(",\n")))
                .append(key(table.key()))
                .append("\n)");
        if (!table.partitionField().isEmpty()) {
            sql.append("\nPARTITION BY ").append(partition(table));
        }
        if (!table.clustering().isEmpty()) {
            sql.append("\nCLUSTER BY ")
                    .append(table.clustering().stream().map(SqlText::name).collect(Collectors.joining(", ")));
        }
        String options = options(table);
        return sql.append(options.isEmpty() ? "" : "\nOPTIONS (" + options + ")")
                .append(";\n")
                .toString();
    }

    private static String key(PrimaryKey key) {
        return key.isEmpty()
                ? ""
                : ",\n  PRIMARY KEY ("
                        + key.columns().stream().map(SqlText::name).collect(Collectors.joining(", "))
                        + ") NOT ENFORCED";
    }

    private static String column(TableSpec.TableColumn column) {
        return "  " + SqlText.name(column.name()) + " " + column.type() + (column.required() ? " NOT NULL" : "")
                + (column.description().isEmpty()
                        ? ""
                        : " OPTIONS (description = " + SqlText.string(column.description()) + ")");
    }

    private static String partition(TableSpec table) {
        String field = SqlText.name(table.partitionField());
        String type = table.partitionType().toUpperCase(Locale.ROOT);
        boolean date = table.columns().stream()
                .anyMatch(column -> column.name().equals(table.partitionField())
                        && column.type().equals("DATE"));
        if (date) {
            return type.equals("DAY") ? field : "DATE_TRUNC(" + field + ", " + type + ")";
        }
        return "TIMESTAMP_TRUNC(" + field + ", " + type + ")";
    }

    private static String options(TableSpec table) {
        List<String> options = new ArrayList<>();
        if (!table.description().isEmpty()) {
            options.add("description = " + SqlText.string(table.description()));
        }
        if (table.expirationMillis() >= DAY) {
            options.add("partition_expiration_days = " + table.expirationMillis() / DAY);
        }
        if (table.requirePartitionFilter()) {
            options.add("require_partition_filter = true");
        }
        if (table.key().maxStalenessMillis() > 0) {
            options.add(table.key().maxStalenessOption());
        }
        if (!table.labels().isEmpty()) {
            options.add("labels = ["
                    + table.labels().entrySet().stream()
                            .map(TableStatement::label)
                            .collect(Collectors.joining(", ")) + "]");
        }
        return String.join(", ", options);
    }

    private static String label(Map.Entry<String, String> label) {
        return "(" + SqlText.string(label.getKey()) + ", " + SqlText.string(label.getValue()) + ")";
    }
}
