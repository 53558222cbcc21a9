package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.convert.ConversionException;
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

/** Columns from around a record's value: chosen headers, and the record's timestamp. Immutable. */
final class RowExtras {

    /**
     * A header that becomes a column.
     *
     * @param type empty to decide by the first record
     */
    record HeaderColumn(String header, String column, Optional<ColumnType> type) {

        private static final Pattern FORM = Pattern.compile("([^:]+):([A-Za-z_][A-Za-z0-9_]*)(?::([a-z0-9]+))?");

        static HeaderColumn parse(String entry) {
            Matcher parts = FORM.matcher(entry.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("must be header:column or header:column:type");
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
                    "has the type '" + name + "'; it must be string, int64, float64, bool, date or timestamp");
        }
    }

    private static final List<HeaderColumn> OBJECT = List.of(
            new HeaderColumn("s3.bucket", ObjectColumns.BUCKET, Optional.of(ColumnType.STRING)),
            new HeaderColumn("s3.key", ObjectColumns.KEY, Optional.of(ColumnType.STRING)),
            new HeaderColumn("s3.etag", ObjectColumns.ETAG, Optional.of(ColumnType.STRING)),
            new HeaderColumn("s3.last.modified", ObjectColumns.MODIFIED, Optional.of(ColumnType.TIMESTAMP)),
            new HeaderColumn("csv.row", ObjectColumns.ROW, Optional.of(ColumnType.INT64)),
            new HeaderColumn("file.date", ObjectColumns.DATE, Optional.of(ColumnType.DATE)));
    private static final long MICROS_PER_MILLI = 1_000L;

    private final List<HeaderColumn> headers;
    private final int firstRequired;
    private final String timestampColumn;

    /** For no timestamp the column's name is empty. */
    RowExtras(List<HeaderColumn> headers, String timestampColumn) {
        this(headers, List.of(), timestampColumn);
    }

    /** The last headers are those that no record may be without. */
    private RowExtras(List<HeaderColumn> headers, List<HeaderColumn> required, String timestampColumn) {
        List<HeaderColumn> all = new ArrayList<>(headers);
        all.addAll(required);
        this.headers = List.copyOf(all);
        this.firstRequired = headers.size();
        this.timestampColumn = timestampColumn;
    }

    /** These, and what a history must know of a row's object. */
    RowExtras ofObjects() {
        return new RowExtras(headers, OBJECT, timestampColumn);
    }

    /** The columns, where the record decides the types that the configuration leaves open. */
    List<ExtraColumn> columns(SinkRecord first) {
        List<ExtraColumn> columns = new ArrayList<>();
        for (HeaderColumn header : headers) {
            columns.add(new ExtraColumn(
                    header.column(),
                    header.type()
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
                throw new ConversionException(
                        "it has no header '" + headers.get(i).header()
                                + "', which write.mode=replace needs. Read objects with s3-csv-source, and keep its headers in"
                                + " transformations.");
            }
            values.add(
                    value == null
                            ? null
                            : fit(value, headers.get(i), columns.get(i).type()));
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

    private static Object fit(Object value, HeaderColumn header, ColumnType type) {
        try {
            return switch (type) {
                case INT64 -> isInteger(value) ? ((Number) value).longValue() : Long.parseLong(value.toString());
                case FLOAT64 ->
                    value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
                case BOOL -> bool(value.toString());
                case DATE ->
                    value instanceof Date date
                            ? Math.floorDiv(date.toInstant().getEpochSecond(), 86_400L)
                            : LocalDate.parse(value.toString()).toEpochDay();
                case TIMESTAMP -> value instanceof Date date ? micros(date.toInstant()) : micros(value.toString());
                default -> value instanceof Date date ? text(date) : value.toString();
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw new ConversionException("header '" + header.header() + "' is not of the type "
                    + type.name().toLowerCase(Locale.ROOT) + " of column '" + header.column() + "'");
        }
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

    /** Connect's header converter makes dates and timestamps of texts that look so; this makes them texts again. */
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
