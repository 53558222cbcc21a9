package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Casts;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * TO_JSON_STRING and TO_JSON: a value of any type as JSON. Dates, times and bytes are strings. For TO_JSON_STRING, so are whole numbers that a DOUBLE does
 * not hold, and decimals with a fraction.
 */
public final class JsonStrings {

    private static final String WHOLE = "BETWEEN -9007199254740992 AND 9007199254740992";

    private final boolean quotesWideNumbers;

    private JsonStrings(boolean quotesWideNumbers) {
        this.quotesWideNumbers = quotesWideNumbers;
    }

    public static TypedSql of(List<TypedSql> arguments) {
        if (arguments.size() == 2 && arguments.get(1).is(Kind.BOOL)) {
            throw SqlError.unsupported("TO_JSON_STRING with pretty_print");
        }
        if (arguments.size() != 1) {
            throw Operators.noSignature("function TO_JSON_STRING", arguments.toArray(TypedSql[]::new));
        }
        return new TypedSql(
                new JsonStrings(true)
                        .json(arguments.get(0).sql(), arguments.get(0).type(), 0),
                DataType.STRING);
    }

    /** TO_JSON: all numbers that the type JSON has are numbers. */
    public static TypedSql toJson(List<TypedSql> arguments) {
        if (arguments.size() != 1) {
            throw Operators.noSignature("function TO_JSON", arguments.toArray(TypedSql[]::new));
        }
        String text = new JsonStrings(false)
                .json(arguments.get(0).sql(), arguments.get(0).type(), 0);
        return new TypedSql("CAST(bq_json_round(" + text + ") AS JSON)", DataType.JSON);
    }

    /** The JSON of a value, {@code null} when it is NULL. */
    private String json(String sql, DataType type, int depth) {
        return "CASE WHEN " + sql + " IS NULL THEN 'null' ELSE " + present(sql, type, depth) + " END";
    }

    private String present(String sql, DataType type, int depth) {
        if (type.isArray()) {
            String element = "j" + depth;
            return "'[' || coalesce(array_to_string(list_transform(" + sql + ", lambda " + element + ": "
                    + json(element, type.element(), depth + 1) + "), ','), '') || ']'";
        }
        if (type.isStruct()) {
            return struct(sql, type, depth);
        }
        String text = Casts.toText(sql, type);
        return switch (type.kind()) {
            case NULL, BOOL -> "CAST(" + sql + " AS VARCHAR)";
            case INT64 ->
                !quotesWideNumbers
                        ? text
                        : "CASE WHEN " + sql + " " + WHOLE + " THEN " + text + " ELSE " + quoted(text) + " END";
            case FLOAT64 ->
                "CASE WHEN isnan(" + sql + ") THEN '\"NaN\"' WHEN isinf(" + sql + ") THEN CASE WHEN " + sql
                        + " > 0 THEN '\"Infinity\"' ELSE '\"-Infinity\"' END ELSE "
                        + (quotesWideNumbers ? text : "regexp_replace(" + text + ", '^(-?[0-9]+)$', '\\1.0')") + " END";
            case NUMERIC, BIGNUMERIC ->
                !quotesWideNumbers
                        ? text
                        : "CASE WHEN " + sql + " " + WHOLE + " AND " + sql + " = trunc(" + sql + ") THEN " + text
                                + " ELSE " + quoted(text) + " END";
            case STRING -> "bq_json_text(" + sql + ")";
            case JSON -> "bq_json_round(CAST(" + sql + " AS VARCHAR))";
            case BYTES -> quoted("to_base64(" + sql + ")");
            case DATE, TIME -> quoted(text);
            case DATETIME -> quoted("replace(" + text + ", ' ', 'T')");
            case TIMESTAMP ->
                quoted("replace(" + Casts.toText("timezone('UTC', " + sql + ")", DataType.DATETIME)
                        + ", ' ', 'T') || 'Z'");
            default -> throw SqlError.unsupported("TO_JSON_STRING of a value of type " + type);
        };
    }

    private String struct(String sql, DataType type, int depth) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < type.members().size(); i++) {
            TypedSql field = Coercions.field(new TypedSql(sql, type), i);
            fields.add("bq_json_text(" + Sql.literal(type.members().get(i).name()) + ") || ':' || "
                    + json(field.sql(), field.type(), depth));
        }
        return "'{' || " + String.join(" || ',' || ", fields) + " || '}'";
    }

    private static String quoted(String text) {
        return "'\"' || " + text + " || '\"'";
    }
}
