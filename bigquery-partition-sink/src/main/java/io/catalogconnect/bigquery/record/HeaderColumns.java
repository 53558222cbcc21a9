package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.convert.ExistingColumns;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.ObjectColumns;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Columns from a record's headers and timestamp, besides those of its value. Used by the task's thread only. */
public final class HeaderColumns {

    /**
     * A header that becomes a column.
     *
     * @param type the column's type; empty to infer it from the first record
     */
    public record HeaderColumn(String header, String column, Optional<ColumnType> type) {

        private static final Pattern FORM = Pattern.compile("([^:]+):([A-Za-z_][A-Za-z0-9_]*)(?::([a-z0-9]+))?");

        /**
         * Parses {@code header:column} or {@code header:column:type}.
         *
         * @throws IllegalArgumentException if the entry is malformed
         */
        public static HeaderColumn parse(String entry) {
            Matcher parts = FORM.matcher(entry.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("each entry must be header:column or header:column:type");
            }
            String type = parts.group(3);
            return new HeaderColumn(
                    parts.group(1), parts.group(2), type == null ? Optional.empty() : Optional.of(typeOf(type)));
        }

        private static ColumnType typeOf(String name) {
            for (ColumnType type : ExtraColumn.TYPES) {
                if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return type;
                }
            }
            throw new IllegalArgumentException(
                    "the type '" + name + "' must be string, int64, float64, bool, date or timestamp");
        }
    }

    private static final List<HeaderColumn> OBJECT = List.of(
            new HeaderColumn(RecordHeaders.BUCKET.name(), ObjectColumns.BUCKET, Optional.of(ColumnType.STRING)),
            new HeaderColumn(RecordHeaders.KEY.name(), ObjectColumns.KEY, Optional.of(ColumnType.STRING)),
            new HeaderColumn(RecordHeaders.ETAG.name(), ObjectColumns.ETAG, Optional.of(ColumnType.STRING)),
            new HeaderColumn(RecordHeaders.MODIFIED.name(), ObjectColumns.MODIFIED, Optional.of(ColumnType.TIMESTAMP)),
            new HeaderColumn(RecordHeaders.ROW.name(), ObjectColumns.ROW, Optional.of(ColumnType.INT64)),
            new HeaderColumn(RecordHeaders.DATE.name(), ObjectColumns.DATE, Optional.of(ColumnType.DATE)));
    private static final long MICROS_PER_MILLI = 1_000L;

    private final List<HeaderColumn> headers;
    private final int firstRequired;
    private final String timestampColumn;
    private final @Nullable ParsedTime[] lastTimes;

    /** The last text of a header that was parsed. All rows of an object have the same dates. */
    private record ParsedTime(String text, ColumnType type, Object value) {}

    /** @param timestampColumn the column of the record's timestamp, empty for none */
    public HeaderColumns(List<HeaderColumn> headers, String timestampColumn) {
        this(headers, List.of(), timestampColumn);
    }

    /** @param required headers that every record must have */
    private HeaderColumns(List<HeaderColumn> headers, List<HeaderColumn> required, String timestampColumn) {
        List<HeaderColumn> all = new ArrayList<>(headers);
        all.addAll(required);
        this.headers = List.copyOf(all);
        this.firstRequired = headers.size();
        this.timestampColumn = timestampColumn;
        this.lastTimes = new ParsedTime[all.size()];
    }

    /** These columns and the object columns of a history. */
    public HeaderColumns withObjectColumns() {
        return new HeaderColumns(headers, OBJECT, timestampColumn);
    }

    /** Number of these columns. */
    int count() {
        return headers.size() + (timestampColumn.isEmpty() ? 0 : 1);
    }

    /** Whether a header becomes the column. */
    public boolean has(String column) {
        return headers.stream().anyMatch(header -> header.column().equalsIgnoreCase(column));
    }

    /**
     * The columns. If the configuration has no type, the table's column determines it, and without such a column the record's
     * header does.
     */
    List<ExtraColumn> columns(SinkRecord first, ExistingColumns existing) {
        List<ExtraColumn> columns = new ArrayList<>();
        for (HeaderColumn header : headers) {
            columns.add(new ExtraColumn(
                    header.column(),
                    header.type()
                            .or(() -> existing.typeOf(header.column()).filter(ExtraColumn.TYPES::contains))
                            .orElseGet(() -> isInteger(value(first, header)) ? ColumnType.INT64 : ColumnType.STRING)));
        }
        if (!timestampColumn.isEmpty()) {
            columns.add(new ExtraColumn(timestampColumn, ColumnType.TIMESTAMP));
        }
        return columns;
    }

    /**
     * A record's values for these columns.
     *
     * @throws ConversionException if a header does not fit its column
     */
    List<@Nullable Object> values(SinkRecord record, List<ExtraColumn> columns) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (int i = 0; i < headers.size(); i++) {
            Object value = value(record, headers.get(i));
            if (value == null && i >= firstRequired) {
                throw new ConversionException("the record has no header '"
                        + headers.get(i).header()
                        + "', which write.mode=replace requires. Read the objects with s3-csv-source, and keep its"
                        + " headers in transformations.");
            }
            values.add(value == null ? null : fit(value, i, columns.get(i).type()));
        }
        if (!timestampColumn.isEmpty()) {
            Long millis = record.timestamp();
            values.add(millis == null ? null : Math.multiplyExact(millis, MICROS_PER_MILLI));
        }
        return values;
    }

    private static @Nullable Object value(SinkRecord record, HeaderColumn wanted) {
        Header header = record.headers().lastWithName(wanted.header());
        return header == null ? null : header.value();
    }

    private Object fit(Object value, int index, ColumnType type) {
        try {
            return switch (type) {
                case INT64 -> isInteger(value) ? ((Number) value).longValue() : Long.parseLong(value.toString());
                case FLOAT64 ->
                    value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
                case BOOL -> bool(value.toString());
                case DATE ->
                    value instanceof Date date
                            ? Math.floorDiv(date.toInstant().getEpochSecond(), 86_400L)
                            : time(value.toString(), index, type);
                case TIMESTAMP ->
                    value instanceof Date date ? micros(date.toInstant()) : time(value.toString(), index, type);
                default -> value instanceof Date date ? text(date) : value.toString();
            };
        } catch (NumberFormatException | DateTimeException e) {
            HeaderColumn header = headers.get(index);
            throw new ConversionException("header '" + header.header() + "' is not of the type "
                    + type.name().toLowerCase(Locale.ROOT) + " of column '" + header.column() + "'");
        }
    }

    private Object time(String text, int index, ColumnType type) {
        ParsedTime last = lastTimes[index];
        if (last != null && last.type() == type && last.text().equals(text)) {
            return last.value();
        }
        long value = type == ColumnType.DATE ? LocalDate.parse(text).toEpochDay() : micros(text);
        lastTimes[index] = new ParsedTime(text, type, value);
        return value;
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new NumberFormatException("neither true nor false");
        }
        return Boolean.parseBoolean(text);
    }

    private static long micros(String text) {
        return micros(OffsetDateTime.parse(text).toInstant());
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Converts dates and timestamps back to text, because Connect's header converter parses texts that look like them. */
    private static String text(Date date) {
        Instant at = date.toInstant();
        return at.getEpochSecond() % 86_400L == 0 && at.getNano() == 0
                ? at.toString().substring(0, 10)
                : at.toString();
    }

    private static boolean isInteger(@Nullable Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }
}
