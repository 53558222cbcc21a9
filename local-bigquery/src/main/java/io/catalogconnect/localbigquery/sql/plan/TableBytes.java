package io.catalogconnect.localbigquery.sql.plan;

import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The logical size of values as BigQuery bills them: 8 bytes a number, 2 and its UTF-8 for text, nothing for NULL. */
public final class TableBytes {

    private TableBytes() {}

    /** DuckDB's SQL of the bytes of one row, all columns. */
    public static String row(StoredTable table) {
        return sum(table.columns().stream()
                .map(column -> column(Sql.quote(column.name()), column))
                .toList());
    }

    /** The same for some columns, named in lower case. */
    static String columns(StoredTable table, Set<String> names) {
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            if (names.contains(column.name().toLowerCase(Locale.ROOT))) {
                parts.add(column(Sql.quote(column.name()), column));
            }
        }
        return sum(parts);
    }

    private static String sum(List<String> parts) {
        return parts.isEmpty() ? "0" : Sql.balanced("+", parts);
    }

    private static String column(String sql, Column column) {
        if (!column.repeated()) {
            return value(sql, column);
        }
        return "coalesce(list_sum(list_transform(" + sql + ", lambda e: " + value("e", column) + ")), 0)";
    }

    private static String value(String sql, Column column) {
        if (column.type() == FieldType.STRUCT) {
            List<String> fields = column.fields().stream()
                    .map(field -> column("struct_extract(" + sql + ", " + Sql.literal(field.name()) + ")", field))
                    .toList();
            return "(" + sum(fields) + ")";
        }
        String bytes = switch (column.type()) {
            case STRING, JSON, GEOGRAPHY -> "2 + strlen(CAST(" + sql + " AS VARCHAR))";
            case BYTES -> "2 + octet_length(" + sql + ")";
            case NUMERIC -> "16";
            case BIGNUMERIC -> "32";
            case BOOL -> "1";
            default -> "8";
        };
        return "CASE WHEN " + sql + " IS NULL THEN 0 ELSE " + bytes + " END";
    }
}
