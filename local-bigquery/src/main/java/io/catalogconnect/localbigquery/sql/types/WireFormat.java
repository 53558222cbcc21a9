package io.catalogconnect.localbigquery.sql.types;

import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * DuckDB's SQL that makes values ready for the REST API, so that no time zone or decimal of JDBC is in between: numbers stay, bytes become base64,
 * points in time microseconds since 1970, everything else text; inside ARRAY and STRUCT too.
 */
public final class WireFormat {

    private WireFormat() {}

    /** Wraps a query so that it returns its columns in this format, and keeps the order of its rows. */
    public static String query(String sql, List<ResultColumn> columns) {
        List<String> items = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("\"_r" + i + "\"");
            items.add(value("_w.\"_r" + i + "\"", columns.get(i).type(), 0));
        }
        return "SELECT " + String.join(", ", items) + " FROM (" + sql + ") AS _w(" + String.join(", ", names) + ")";
    }

    private static String value(String sql, DataType type, int depth) {
        if (type.isArray()) {
            String name = "e" + depth;
            String element = value(name, type.element(), depth + 1);
            return element.equals(name) ? sql : "list_transform(" + sql + ", lambda " + name + ": " + element + ")";
        }
        if (type.isStruct()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < type.members().size(); i++) {
                String field = "struct_extract(" + sql + ", " + Sql.literal(type.duckField(i)) + ")";
                fields.add("\"f" + i + "\" := "
                        + value(field, type.members().get(i).type(), depth + 1));
            }
            return "CASE WHEN " + sql + " IS NULL THEN NULL ELSE struct_pack(" + String.join(", ", fields) + ") END";
        }
        return switch (type.kind()) {
            case BYTES -> "to_base64(" + sql + ")";
            case TIMESTAMP, DATETIME -> "epoch_us(" + sql + ")";
            case DATE, TIME, JSON, NUMERIC, BIGNUMERIC -> "CAST(" + sql + " AS VARCHAR)";
            default -> sql;
        };
    }
}
