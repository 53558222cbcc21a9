package io.catalogconnect.localbigquery.sql.functions;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.List;

/**
 * ROUND to decimal digits. BigQuery rounds the exact value of a FLOAT64, half away from zero; DuckDB multiplies first, which rounds 2.675 up. Here the exact
 * digits are printed, and ties, which printing rounds to even, are corrected afterwards.
 */
public final class Rounding {

    private Rounding() {}

    public static TypedSql digits(List<TypedSql> arguments) {
        String digits = arguments.get(1).literal();
        if (digits == null || !digits.matches("[0-9]|1[0-5]")) {
            throw SqlError.unsupported("ROUND to a number of digits that is not a literal from 0 to 15");
        }
        TypedSql value = arguments.get(0);
        if (value.type().isDecimal() && Integer.parseInt(digits) <= 9) {
            return new TypedSql(
                    "CAST(round(" + value.sql() + ", " + digits + ") AS "
                            + value.type().duckType() + ")",
                    value.type());
        }
        TypedSql number = Coercions.to(value, DataType.FLOAT64);
        if (number == null || !number.is(Kind.FLOAT64)) {
            throw Operators.noSignature("function ROUND", arguments.toArray(TypedSql[]::new));
        }
        String x = number.sql();
        String exact = "format('{:.40f}', " + x + ")";
        String tie = "regexp_matches(" + exact + ", '\\.[0-9]{" + digits + "}50+$')";
        String cut = "CAST(regexp_extract(" + exact + ", '^-?[0-9]+\\.[0-9]{" + digits + "}') AS DECIMAL(38," + digits
                + "))";
        String unit = "CAST('1e-" + digits + "' AS DECIMAL(38," + digits + "))";
        return new TypedSql(
                "CASE WHEN NOT isfinite(" + x + ") OR abs(" + x + ") >= 1e15 THEN " + x + " WHEN " + tie + " THEN CAST("
                        + cut + " + CASE WHEN " + x + " < 0 THEN -" + unit + " ELSE " + unit
                        + " END AS DOUBLE) ELSE CAST(format('{:." + digits + "f}', " + x + ") AS DOUBLE) END",
                DataType.FLOAT64);
    }
}
