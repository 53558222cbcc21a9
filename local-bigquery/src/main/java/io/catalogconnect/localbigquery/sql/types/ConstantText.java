package io.catalogconnect.localbigquery.sql.types;

import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.List;

/** DuckDB's SQL that turns a value into the text of a constant in DuckDB's SQL. So a value survives the connection that computed it. */
public final class ConstantText {

    private ConstantText() {}

    /**
     * Wraps a value.
     *
     * @param sql the value; it is repeated, so it should be a column
     */
    public static String of(String sql, DataType type) {
        return of(sql, type, 0);
    }

    private static String of(String sql, DataType type, int depth) {
        String nothing = Sql.literal(Literals.nullOf(type).sql());
        return "CASE WHEN " + sql + " IS NULL THEN " + nothing + " ELSE " + text(sql, type, depth) + " END";
    }

    private static String text(String sql, DataType type, int depth) {
        if (type.isArray()) {
            String name = "e" + depth;
            return "'CAST([' || array_to_string(list_transform(" + sql + ", lambda " + name + ": "
                    + of(name, type.element(), depth + 1) + "), ', ') || "
                    + Sql.literal("] AS " + type.duckType() + ")");
        }
        if (type.isStruct()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < type.members().size(); i++) {
                String name = Sql.literal((i == 0 ? "" : ", ") + Sql.quote(type.duckField(i)) + " := ");
                fields.add(name + " || "
                        + of(
                                Coercions.field(new TypedSql(sql, type), i).sql(),
                                type.members().get(i).type(),
                                depth + 1));
            }
            return "'struct_pack(' || " + String.join(" || ", fields) + " || ')'";
        }
        return type.is(Kind.BYTES)
                ? "'unhex(''' || hex(" + sql + ") || ''')'"
                : "'CAST(''' || replace(CAST(" + sql + " AS VARCHAR), '''', '''''') || "
                        + Sql.literal("' AS " + type.duckType() + ")");
    }
}
