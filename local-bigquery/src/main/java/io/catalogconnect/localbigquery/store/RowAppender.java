package io.catalogconnect.localbigquery.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends rows of Java values to a DuckDB table, in the transaction of the connection. */
final class RowAppender implements AutoCloseable {
    private final DuckDBAppender appender;
    private final Column[] columns;

    /** Writes the values that precede the declared columns of a row. */
    @FunctionalInterface
    interface Lead {
        Lead NONE = (appender, index) -> {};

        void write(DuckDBAppender appender, long index) throws SQLException;

        /** Writes the hidden column of an ingestion-time partitioned table. It is the first column, so that new columns can be added at the end. */
        static Lead of(@Nullable Instant arrived) {
            return arrived == null ? NONE : (appender, index) -> appender.appendEpochMicros(micros(arrived));
        }
    }

    RowAppender(DuckDBConnection connection, String schema, String table, List<Column> columns) throws SQLException {
        this.appender = connection.createAppender(schema, table);
        this.columns = columns.toArray(new Column[0]);
    }

    /** Appends rows in order. */
    long append(Iterable<@Nullable Object[]> rows, Lead lead) throws SQLException {
        long count = 0;
        for (@Nullable Object[] row : rows) {
            appender.beginRow();
            lead.write(appender, count);
            for (int i = 0; i < columns.length; i++) {
                append(columns[i], row[i]);
            }
            appender.endRow();
            count++;
        }
        appender.flush();
        return count;
    }

    private void append(Column column, @Nullable Object value) throws SQLException {
        if (column.repeated()) {
            appender.append(list(column, value == null ? List.of() : (List<?>) value));
            return;
        }
        if (value == null) {
            appender.appendNull();
            return;
        }
        switch (column.type()) {
            case STRING, JSON, GEOGRAPHY -> appender.append((String) value);
            case BYTES -> appender.append((byte[]) value);
            case INT64 -> appender.append((long) (Long) value);
            case FLOAT64 -> appender.append((double) (Double) value);
            case BOOL -> appender.append((boolean) (Boolean) value);
            case NUMERIC, BIGNUMERIC -> appender.append(decimal(column, (BigDecimal) value));
            case DATE -> appender.appendEpochDays(Math.toIntExact(((LocalDate) value).toEpochDay()));
            case DATETIME -> appender.appendEpochMicros(micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case TIME -> appender.append((LocalTime) value);
            case TIMESTAMP -> appender.appendEpochMicros(micros((Instant) value));
            case STRUCT -> appendStruct(column, (Object[]) value);
        }
    }

    private void appendStruct(Column column, @Nullable Object[] values) throws SQLException {
        appender.beginStruct();
        List<Column> fields = column.fields();
        for (int i = 0; i < fields.size(); i++) {
            append(fields.get(i), values[i]);
        }
        appender.endStruct();
    }

    private static List<Object> list(Column column, List<?> values) {
        List<Object> elements = new ArrayList<>(values.size());
        for (Object value : values) {
            elements.add(nested(column, value));
        }
        return elements;
    }

    /** An element of a list in the form that DuckDB's appender accepts. */
    private static Object nested(Column column, Object value) {
        return switch (column.type()) {
            case NUMERIC, BIGNUMERIC -> decimal(column, (BigDecimal) value);
            case TIMESTAMP -> ((Instant) value).atOffset(ZoneOffset.UTC);
            case STRUCT -> nestedStruct(column, (Object[]) value);
            default -> value;
        };
    }

    private static Map<String, @Nullable Object> nestedStruct(Column column, @Nullable Object[] values) {
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        List<Column> fields = column.fields();
        for (int i = 0; i < fields.size(); i++) {
            Column field = fields.get(i);
            Object value = values[i];
            if (field.repeated()) {
                struct.put(field.name(), list(field, value == null ? List.of() : (List<?>) value));
            } else {
                struct.put(field.name(), value == null ? null : nested(field, value));
            }
        }
        return struct;
    }

    private static BigDecimal decimal(Column column, BigDecimal value) {
        return value.setScale(column.storedScale(), RoundingMode.UNNECESSARY);
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
