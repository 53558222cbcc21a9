package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** REGEXP_EXTRACT and REGEXP_EXTRACT_ALL: the returned group depends on the pattern, so the pattern must be a literal. */
public final class RegexpFunctions {

    /** An optional group. Its value is NULL if it does not match, which DuckDB does not support. */
    private static final Pattern OPTIONAL = Pattern.compile("\\)[?*]|\\)\\{0|\\|");

    private RegexpFunctions() {}

    public static TypedSql extract(String function, List<TypedSql> arguments) {
        if (arguments.size() != 2
                || !Coercions.possible(arguments.get(0), DataType.STRING)
                || !Coercions.possible(arguments.get(1), DataType.STRING)) {
            throw Operators.noSignature("function " + function, arguments.toArray(TypedSql[]::new));
        }
        String pattern = arguments.get(1).literal();
        if (pattern == null) {
            throw SqlError.unsupported(function + " with a pattern that is not a literal or a parameter");
        }
        int groups = groups(pattern);
        if (groups > 1) {
            throw new SqlError(
                    "Regular expressions passed into extraction functions must not have more than 1 capturing group");
        }
        if (groups == 1 && OPTIONAL.matcher(pattern).find()) {
            throw SqlError.unsupported(function + " with a capturing group that need not take part in the match");
        }
        String text =
                Coercions.required(arguments.get(0), DataType.STRING, function).sql();
        String regex = arguments.get(1).sql();
        if (function.endsWith("_ALL")) {
            return new TypedSql(
                    "regexp_extract_all(" + text + ", " + regex + ", " + groups + ")", DataType.array(DataType.STRING));
        }
        return new TypedSql(
                "CASE WHEN regexp_matches(" + text + ", " + regex + ") THEN regexp_extract(" + text + ", " + regex
                        + ", " + groups + ") END",
                DataType.STRING);
    }

    private static int groups(String pattern) {
        try {
            return Pattern.compile(pattern).matcher("").groupCount();
        } catch (PatternSyntaxException e) {
            throw new SqlError("Cannot parse regular expression: " + e.getDescription());
        }
    }
}
