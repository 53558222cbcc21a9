package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON_VALUE extracts a scalar from JSON by a simple path; PARSE_JSON makes JSON of a text. */
public final class JsonFunctions {

    private JsonFunctions() {}

    public static TypedSql scalar(String function, List<TypedSql> arguments) {
        boolean fits = !arguments.isEmpty()
                && arguments.size() <= 2
                && (arguments.get(0).is(Kind.JSON) || Coercions.possible(arguments.get(0), DataType.STRING));
        if (!fits) {
            throw Operators.noSignature("function " + function, arguments.toArray(TypedSql[]::new));
        }
        @Nullable String path = arguments.size() == 1 ? "$" : arguments.get(1).literal();
        if (path == null || !path.matches("\\$(\\.[A-Za-z_][A-Za-z_0-9]*|\\[[0-9]+])*")) {
            throw SqlError.unsupported(function + " with a path other than names and positions, as in '$.a.b[0]'");
        }
        boolean parsed = arguments.get(0).is(Kind.JSON);
        String text = arguments.get(0).sql();
        String json = "CAST(" + (parsed ? "bq_json_round(CAST(" + text + " AS VARCHAR))" : text) + " AS JSON)";
        String found = "json_extract(" + json + ", " + Sql.literal(path) + ")";
        // The digits of a number in a STRING are not those of the FLOAT64 that BigQuery makes of it.
        String fraction = parsed
                ? ""
                : " WHEN json_type(" + found + ") = 'DOUBLE' THEN error('Unsupported: " + function
                        + " of a number with a fraction or an exponent is outside the GoogleSQL subset of local-bigquery')";
        return new TypedSql(
                "CASE" + fraction + " WHEN json_type(" + found
                        + ") IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(" + json + ", "
                        + Sql.literal(path) + ") END",
                DataType.STRING);
    }

    /** PARSE_JSON: a text as a value of the type JSON. */
    public static TypedSql parse(List<TypedSql> arguments) {
        TypedSql text = arguments.size() == 1 ? Coercions.to(arguments.get(0), DataType.STRING) : null;
        if (text == null) {
            throw Operators.noSignature("function PARSE_JSON", arguments.toArray(TypedSql[]::new));
        }
        return new TypedSql("CAST(bq_json_parse(" + text.sql() + ") AS JSON)", DataType.JSON);
    }
}
