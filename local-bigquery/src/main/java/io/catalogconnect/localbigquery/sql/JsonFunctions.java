package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.DataType.Kind;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON_VALUE: a scalar out of JSON by a simple path. */
final class JsonFunctions {

    private JsonFunctions() {}

    static Typed scalar(String function, List<Typed> arguments) {
        boolean fits = !arguments.isEmpty()
                && arguments.size() <= 2
                && (arguments.get(0).is(Kind.JSON) || Coercions.possible(arguments.get(0), DataType.STRING));
        if (!fits) {
            throw Operators.noSignature("function " + function, arguments.toArray(Typed[]::new));
        }
        @Nullable String path = arguments.size() == 1 ? "$" : arguments.get(1).literal();
        if (path == null || !path.matches("\\$(\\.[A-Za-z_][A-Za-z_0-9]*|\\[[0-9]+])*")) {
            throw SqlError.unsupported(function + " with a path other than names and positions, as in '$.a.b[0]'");
        }
        String json = "CAST(" + arguments.get(0).sql() + " AS JSON)";
        String found = "json_extract(" + json + ", " + Sql.literal(path) + ")";
        return new Typed(
                "CASE WHEN json_type(" + found + ") = 'DOUBLE' THEN error('Unsupported: " + function
                        + " of a number with a fraction or an exponent is outside the GoogleSQL subset of local-bigquery') WHEN json_type("
                        + found
                        + ") IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(" + json
                        + ", " + Sql.literal(path) + ") END",
                DataType.STRING);
    }
}
