package io.catalogconnect.localbigquery.store;

import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.jspecify.annotations.Nullable;

/**
 * GoogleSQL functions that DuckDB lacks, registered as DuckDB functions such as {@code bq_numeric_divide}. A NULL argument gives NULL. An
 * exception becomes an error of the statement with the message of the exception.
 */
final class JavaFunctions {
    private JavaFunctions() {}

    /** Registers the functions for all connections of a database. */
    static void register(Connection connection) throws SQLException {
        for (ExactDecimal.Type type : ExactDecimal.Type.values()) {
            String prefix = "bq_" + type.name().toLowerCase(Locale.ROOT);
            decimal(connection, prefix + "_add", type, type::add);
            decimal(connection, prefix + "_subtract", type, type::subtract);
            decimal(connection, prefix + "_multiply", type, type::multiply);
            decimal(connection, prefix + "_divide", type, type::divide);
            decimal(connection, prefix + "_safe_divide", type, type::safeDivide);
            decimal(connection, prefix + "_div", type, type::div);
            decimal(connection, prefix + "_mod", type, type::mod);
            conversion(connection, prefix + "_of_float", DuckDBColumnType.DOUBLE, type, type::ofFloat);
            conversion(connection, prefix + "_of_text", DuckDBColumnType.VARCHAR, type, type::ofText);
        }
        text(connection, "bq_json_text", JsonText::quote);
        text(connection, "bq_json_round", JsonValues::round);
        text(connection, "bq_json_parse", JavaFunctions::parseJson);
        DuckDBFunctions.scalarFunction()
                .withName("bq_farm_fingerprint")
                .withParameter(DuckDBColumnType.VARCHAR)
                .withReturnType(DuckDBColumnType.BIGINT)
                .withFunction(JavaFunctions::fingerprint)
                .register(connection);
    }

    private static void text(Connection connection, String name, Function<@Nullable String, @Nullable String> function)
            throws SQLException {
        DuckDBFunctions.scalarFunction()
                .withName(name)
                .withParameter(DuckDBColumnType.VARCHAR)
                .withReturnType(DuckDBColumnType.VARCHAR)
                .withFunction(function)
                .register(connection);
    }

    private static @Nullable String parseJson(@Nullable String text) {
        try {
            return JsonValues.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JsonValues.Invalid("Invalid input to PARSE_JSON: " + e.getMessage());
        }
    }

    private static @Nullable Long fingerprint(@Nullable String text) {
        return text == null
                ? null
                : Hashing.farmHashFingerprint64()
                        .hashString(text, StandardCharsets.UTF_8)
                        .asLong();
    }

    private static void decimal(
            Connection connection,
            String name,
            ExactDecimal.Type type,
            BiFunction<BigDecimal, BigDecimal, @Nullable BigDecimal> function)
            throws SQLException {
        try (DuckDBLogicalType decimal = DuckDBLogicalType.decimal(38, type.storedScale())) {
            DuckDBFunctions.scalarFunction()
                    .withName(name)
                    .withParameters(decimal, decimal)
                    .withReturnType(decimal)
                    .withFunction((BigDecimal a, BigDecimal b) -> a == null || b == null ? null : function.apply(a, b))
                    .register(connection);
        }
    }

    private static <T> void conversion(
            Connection connection,
            String name,
            DuckDBColumnType from,
            ExactDecimal.Type type,
            Function<T, BigDecimal> function)
            throws SQLException {
        try (DuckDBLogicalType decimal = DuckDBLogicalType.decimal(38, type.storedScale())) {
            DuckDBFunctions.scalarFunction()
                    .withName(name)
                    .withParameter(from)
                    .withReturnType(decimal)
                    .withFunction((T value) -> value == null ? null : function.apply(value))
                    .register(connection);
        }
    }
}
