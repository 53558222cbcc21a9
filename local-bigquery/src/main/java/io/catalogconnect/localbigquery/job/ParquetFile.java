package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An uploaded Parquet file, which DuckDB reads. Valid during the transaction in which it was opened. */
final class ParquetFile {

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
    private static final int NUMERIC_SCALE = 9;
    private static final int NUMERIC_WHOLE_DIGITS = 29;

    /** The types that a column of the file may be loaded into, besides its own. */
    private static final Map<FieldType, Set<FieldType>> CONVERSIONS = Map.of(
            FieldType.DATETIME, Set.of(FieldType.TIMESTAMP),
            FieldType.TIMESTAMP, Set.of(FieldType.DATETIME),
            FieldType.NUMERIC, Set.of(FieldType.BIGNUMERIC),
            FieldType.BIGNUMERIC, Set.of(FieldType.NUMERIC),
            FieldType.STRING, Set.of(FieldType.JSON, FieldType.GEOGRAPHY, FieldType.BYTES),
            FieldType.BYTES, Set.of(FieldType.STRING));

    private final Connection connection;
    private final String from;
    private final boolean lists;
    private final List<TableFieldSchema> fields;

    private ParquetFile(Connection connection, Path file, boolean lists) throws SQLException {
        this.connection = connection;
        this.from = "read_parquet(" + Sql.literal(file.toString()) + ")";
        this.lists = lists;
        this.fields = fields("SELECT * FROM " + from);
    }

    /**
     * Opens a file.
     *
     * @param lists whether a list becomes a REPEATED field
     * @throws ServiceError if DuckDB cannot read the file, or BigQuery has no type for one of its columns
     */
    static ParquetFile open(Connection connection, Path file, boolean lists) throws SQLException {
        try {
            return new ParquetFile(connection, file, lists);
        } catch (SQLException e) {
            throw ServiceError.invalid("Error while reading data, error message: the file is not a valid Parquet file: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** The columns of the file, as a new table gets them. */
    TableSchema schema() {
        return new TableSchema().setFields(new ArrayList<>(fields));
    }

    /** Ignores the columns that the table does not have. */
    void removeUnknown(StoredTable table) {
        fields.removeIf(field -> table.column(field.getName()).isEmpty());
    }

    /** The columns of the table that the file has. */
    List<ResultColumn> columns(StoredTable table) {
        List<ResultColumn> columns = new ArrayList<>();
        for (TableFieldSchema field : fields) {
            columns.add(ResultColumn.of(column(table, field)));
        }
        return columns;
    }

    /** SQL of the rows, with each value in the type of its column of the table. */
    String rows(StoredTable table) {
        return fields.stream()
                .map(field -> "CAST(" + Sql.quote(field.getName()) + " AS "
                        + column(table, field).duckType() + ")")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + from));
    }

    private static Column column(StoredTable table, TableFieldSchema field) {
        Column column =
                table.column(field.getName()).orElseThrow(() -> SchemaMerge.cannotAdd(table.ref(), field.getName()));
        FieldType given = FieldType.of(field.getType()).orElseThrow();
        if (given != column.type() && !CONVERSIONS.getOrDefault(given, Set.of()).contains(column.type())) {
            throw SchemaMerge.changed(
                    table.ref(), field.getName(), "type from " + column.type().restName() + " to " + field.getType());
        }
        if ("REPEATED".equals(field.getMode()) != column.repeated()) {
            throw SchemaMerge.changed(
                    table.ref(), field.getName(), "mode from " + column.mode() + " to " + field.getMode());
        }
        return column;
    }

    private List<TableFieldSchema> fields(String sql) throws SQLException {
        List<TableFieldSchema> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet described = statement.executeQuery("DESCRIBE " + sql)) {
            while (described.next()) {
                found.add(field(described.getString(1), described.getString(2), sql, false));
            }
        }
        return found;
    }

    private TableFieldSchema field(String name, String type, String sql, boolean element) throws SQLException {
        String inside = "SELECT UNNEST(" + Sql.quote(name) + ")";
        if (type.endsWith("]")) {
            if (element) {
                throw unsupported(name, "a list of lists");
            }
            if (!lists) {
                throw unsupported(name, "a list without parquetOptions.enableListInference");
            }
            String elements = inside + " AS " + Sql.quote(name) + " FROM (" + sql + ")";
            try (Statement statement = connection.createStatement();
                    ResultSet described = statement.executeQuery("DESCRIBE " + elements)) {
                described.next();
                return field(name, described.getString(2), elements, true).setMode("REPEATED");
            }
        }
        TableFieldSchema field = new TableFieldSchema().setName(name).setMode("NULLABLE");
        if (type.startsWith("STRUCT(")) {
            return field.setType("RECORD").setFields(fields(inside + " FROM (" + sql + ")"));
        }
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            int scale = Integer.parseInt(decimal.group(2));
            boolean small =
                    scale <= NUMERIC_SCALE && Integer.parseInt(decimal.group(1)) - scale <= NUMERIC_WHOLE_DIGITS;
            return field.setType(small ? "NUMERIC" : "BIGNUMERIC");
        }
        return field.setType(scalar(name, type).restName());
    }

    private static FieldType scalar(String name, String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT" ->
                FieldType.INT64;
            case "FLOAT", "DOUBLE" -> FieldType.FLOAT64;
            case "BOOLEAN" -> FieldType.BOOL;
            case "VARCHAR", "UUID", "JSON" -> FieldType.STRING;
            case "BLOB" -> FieldType.BYTES;
            case "DATE" -> FieldType.DATE;
            case "TIME" -> FieldType.TIME;
            case "TIMESTAMP WITH TIME ZONE" -> FieldType.TIMESTAMP;
            case "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S" -> FieldType.DATETIME;
            default -> throw unsupported(name, type);
        };
    }

    private static ServiceError unsupported(String name, String type) {
        return ServiceError.invalid(
                "Unsupported: local-bigquery cannot load column " + name + " of a Parquet file: " + type);
    }
}
