package io.catalogconnect.localbigquery.sql.translation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.ColumnRules;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The rows of a query result as constants in DuckDB's SQL. */
final class ResultConstants {

    private ResultConstants() {}

    static List<ResultColumn> columns(JobCatalog.Result result) {
        return result.schema().stream()
                .map(field -> ResultColumn.of(ColumnRules.column(field)))
                .toList();
    }

    /** One list of constants for each row. */
    static List<List<String>> rows(JobCatalog.Result result, List<ResultColumn> columns) {
        return result.rows().stream()
                .map(row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++) {
                        values.add(constant(row.get(i), columns.get(i).type()));
                    }
                    return values;
                })
                .toList();
    }

    private static String constant(JsonElement value, DataType type) {
        if (value.isJsonNull()) {
            return Literals.nullOf(type).sql();
        }
        if (type.isArray() || type.isStruct()) {
            return type.isArray() ? array(value.getAsJsonArray(), type) : struct(value.getAsJsonArray(), type);
        }
        String text = value.getAsString();
        return switch (type.kind()) {
            case BYTES -> Literals.bytes(Base64.getDecoder().decode(text)).sql();
            case TIMESTAMP, DATETIME -> "CAST(make_timestamp(" + text + ") AS " + type.duckType() + ")";
            default -> "CAST(" + Sql.literal(text) + " AS " + type.duckType() + ")";
        };
    }

    private static String array(JsonArray values, DataType type) {
        List<String> elements = new ArrayList<>();
        values.forEach(value -> elements.add(constant(value, type.element())));
        return "CAST([" + String.join(", ", elements) + "] AS " + type.duckType() + ")";
    }

    private static String struct(JsonArray values, DataType type) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            fields.add(Sql.quote(type.duckField(i)) + " := "
                    + constant(values.get(i), type.members().get(i).type()));
        }
        return "struct_pack(" + String.join(", ", fields) + ")";
    }
}
