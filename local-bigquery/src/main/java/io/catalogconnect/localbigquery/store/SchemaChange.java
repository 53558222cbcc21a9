package io.catalogconnect.localbigquery.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The DuckDB statements that change one schema into another, for the changes that BigQuery allows. */
final class SchemaChange {
    /** The only column of a table that has no schema yet. A schema cannot declare this name. */
    static final String PLACEHOLDER = "_partition_no_schema";

    private SchemaChange() {}

    /** @param target the quoted name of the DuckDB table to change */
    static List<String> statements(StoredTable before, StoredTable after, String target) {
        List<String> statements = new ArrayList<>();
        compare(before, target, "", before.columns(), after.columns(), statements);
        if (before.columns().isEmpty()
                && !after.columns().isEmpty()
                && !before.partitioning().byIngestionTime()) {
            statements.add("ALTER TABLE " + target + " DROP COLUMN " + PLACEHOLDER);
        }
        return statements;
    }

    private static void compare(
            StoredTable table,
            String target,
            String path,
            List<Column> before,
            List<Column> after,
            List<String> statements) {
        for (Column old : before) {
            Column now = Column.find(after, old.name())
                    .orElseThrow(() -> mismatch(table, "Field " + path + old.name() + " is missing in new schema"));
            checkSame(table, path, old, now);
        }
        for (Column now : after) {
            Column old = Column.find(before, now.name()).orElse(null);
            if (old != null) {
                String inside = now.repeated() ? old.name() + ".element." : old.name() + ".";
                compare(table, target, path + inside, old.fields(), now.fields(), statements);
            } else if (now.required() && !before.isEmpty()) {
                throw mismatch(
                        table, "Cannot add required fields to an existing schema. (field: " + path + now.name() + ")");
            } else {
                statements.add(addColumn(target, path, now));
            }
        }
    }

    private static String addColumn(String table, String path, Column column) {
        StringBuilder target = new StringBuilder();
        if (!path.isEmpty()) {
            for (String step : path.substring(0, path.length() - 1).split("\\.", -1)) {
                target.append(Sql.quote(step)).append('.');
            }
        }
        return "ALTER TABLE " + table + " ADD COLUMN " + target + Sql.quote(column.name()) + " " + column.duckType();
    }

    private static void checkSame(StoredTable table, String path, Column old, Column now) {
        if (old.type() != now.type() || !old.duckScalar().equals(now.duckScalar())) {
            throw mismatch(
                    table,
                    "Field " + path + old.name() + " has changed type from " + old.typeText() + " to "
                            + now.typeText());
        }
        boolean relaxed = old.required() && now.mode() == Column.Mode.NULLABLE;
        if (old.mode() != now.mode() && !relaxed) {
            throw mismatch(
                    table, "Field " + path + old.name() + " has changed mode from " + old.mode() + " to " + now.mode());
        }
        boolean shorter = now.maxLength() > 0 && (old.maxLength() == 0 || now.maxLength() < old.maxLength());
        if (shorter) {
            throw mismatch(
                    table,
                    String.format(
                            Locale.ROOT,
                            "Field %s%s has changed type from %s to %s",
                            path,
                            old.name(),
                            old.typeText(),
                            now.typeText()));
        }
    }

    private static StoreException mismatch(StoredTable table, String what) {
        return StoreException.invalid("Provided Schema does not match Table " + table.ref() + ". " + what);
    }
}
