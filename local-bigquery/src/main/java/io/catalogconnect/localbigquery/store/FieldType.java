package io.catalogconnect.localbigquery.store;

import java.util.Locale;
import java.util.Optional;

/**
 * The supported BigQuery column types, the DuckDB type that stores each, and the Java type of a value to be appended:
 *
 * <table>
 *   <caption>types</caption>
 *   <tr><th>BigQuery</th><th>DuckDB</th><th>Java</th></tr>
 *   <tr><td>STRING</td><td>VARCHAR</td><td>String</td></tr>
 *   <tr><td>BYTES</td><td>BLOB</td><td>byte[]</td></tr>
 *   <tr><td>INT64</td><td>BIGINT</td><td>Long</td></tr>
 *   <tr><td>FLOAT64</td><td>DOUBLE</td><td>Double</td></tr>
 *   <tr><td>BOOL</td><td>BOOLEAN</td><td>Boolean</td></tr>
 *   <tr><td>NUMERIC, NUMERIC(P,S)</td><td>DECIMAL(38,9)</td><td>BigDecimal</td></tr>
 *   <tr><td>BIGNUMERIC</td><td>DECIMAL(38,18)</td><td>BigDecimal; a value that needs more digits is refused, not rounded</td></tr>
 *   <tr><td>BIGNUMERIC(P,S)</td><td>DECIMAL(P,S), P up to 38</td><td>BigDecimal</td></tr>
 *   <tr><td>DATE</td><td>DATE</td><td>LocalDate</td></tr>
 *   <tr><td>DATETIME</td><td>TIMESTAMP</td><td>LocalDateTime, whole microseconds</td></tr>
 *   <tr><td>TIME</td><td>TIME</td><td>LocalTime, whole microseconds</td></tr>
 *   <tr><td>TIMESTAMP</td><td>TIMESTAMPTZ (time zone of every session: UTC)</td><td>Instant, whole microseconds</td></tr>
 *   <tr><td>JSON</td><td>JSON</td><td>String, JSON text</td></tr>
 *   <tr><td>GEOGRAPHY</td><td>VARCHAR</td><td>String, as it was given (WKT or GeoJSON)</td></tr>
 *   <tr><td>STRUCT</td><td>STRUCT(...)</td><td>Object[], in the order of {@link Column#fields()}</td></tr>
 *   <tr><td>mode REPEATED</td><td>type[]</td><td>List of the above, without nulls; never null itself</td></tr>
 * </table>
 */
public enum FieldType {
    STRING("STRING", "VARCHAR"),
    BYTES("BYTES", "BLOB"),
    INT64("INTEGER", "BIGINT"),
    FLOAT64("FLOAT", "DOUBLE"),
    BOOL("BOOLEAN", "BOOLEAN"),
    NUMERIC("NUMERIC", "DECIMAL(38,9)"),
    BIGNUMERIC("BIGNUMERIC", "DECIMAL(38,18)"),
    DATE("DATE", "DATE"),
    DATETIME("DATETIME", "TIMESTAMP"),
    TIME("TIME", "TIME"),
    TIMESTAMP("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
    JSON("JSON", "JSON"),
    GEOGRAPHY("GEOGRAPHY", "VARCHAR"),
    STRUCT("RECORD", "STRUCT");

    private final String restName;
    private final String duckType;

    FieldType(String restName, String duckType) {
        this.restName = restName;
        this.duckType = duckType;
    }

    /** Finds a type by either of BigQuery's spellings ({@code INTEGER} and {@code INT64}), ignoring case. */
    public static Optional<FieldType> of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "STRING" -> Optional.of(STRING);
            case "BYTES" -> Optional.of(BYTES);
            case "INTEGER", "INT64" -> Optional.of(INT64);
            case "FLOAT", "FLOAT64" -> Optional.of(FLOAT64);
            case "BOOLEAN", "BOOL" -> Optional.of(BOOL);
            case "NUMERIC", "DECIMAL" -> Optional.of(NUMERIC);
            case "BIGNUMERIC", "BIGDECIMAL" -> Optional.of(BIGNUMERIC);
            case "DATE" -> Optional.of(DATE);
            case "DATETIME" -> Optional.of(DATETIME);
            case "TIME" -> Optional.of(TIME);
            case "TIMESTAMP" -> Optional.of(TIMESTAMP);
            case "JSON" -> Optional.of(JSON);
            case "GEOGRAPHY" -> Optional.of(GEOGRAPHY);
            case "RECORD", "STRUCT" -> Optional.of(STRUCT);
            default -> Optional.empty();
        };
    }

    /** The name in REST resources: {@code INTEGER}, {@code FLOAT}, {@code BOOLEAN}, {@code RECORD}, otherwise the SQL name. */
    public String restName() {
        return restName;
    }

    /** The DuckDB type of a column without parameters. For {@link #STRUCT} see {@link Column#duckType()}. */
    public String duckType() {
        return duckType;
    }
}
