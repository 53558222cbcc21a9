package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The partitioning of a table, and the partition of a row. Partition ids are BigQuery's: {@code 20240131} for a day, {@code 2024013117} for
 * an hour, {@code 202401} for a month, {@code 2024} for a year, the lower bound for an integer range; {@link #NULL_ID} for rows without a
 * value, {@link #UNPARTITIONED_ID} for integers out of range.
 *
 * @param kind the span of a partition
 * @param field the partitioning column as spelled in the schema; empty for tables that are not partitioned and for tables that are
 *     partitioned by ingestion time, whose rows have the hidden column {@link #INGESTION_TIME}
 * @param start of an integer range, inclusive
 * @param end of an integer range, exclusive
 * @param interval of an integer range
 */
public record Partitioning(Kind kind, Optional<String> field, long start, long end, long interval) {
    /** Partition of the rows whose partitioning column is NULL. */
    public static final String NULL_ID = "__NULL__";
    /** Partition of the rows that belong to no other partition. */
    public static final String UNPARTITIONED_ID = "__UNPARTITIONED__";
    /** The hidden TIMESTAMP column of an ingestion-time partitioned table. */
    public static final String INGESTION_TIME = "_PARTITIONTIME";

    private static final Partitioning UNPARTITIONED = new Partitioning(Kind.NONE, Optional.empty(), 0, 0, 1);

    /** The span of one partition. */
    public enum Kind {
        NONE("", ""),
        HOUR("yyyyMMddHH", "%Y%m%d%H"),
        DAY("yyyyMMdd", "%Y%m%d"),
        MONTH("yyyyMM", "%Y%m"),
        YEAR("yyyy", "%Y"),
        RANGE("", "");

        private final DateTimeFormatter javaFormat;
        private final String duckFormat;
        private final Pattern idPattern;

        Kind(String javaPattern, String duckFormat) {
            this.javaFormat = DateTimeFormatter.ofPattern(javaPattern, Locale.ROOT);
            this.duckFormat = duckFormat;
            this.idPattern = Pattern.compile("[0-9]{" + javaPattern.length() + "}");
        }

        boolean isTime() {
            return this != NONE && this != RANGE;
        }
    }

    static Partitioning of(Table table, List<Column> columns) {
        TimePartitioning time = table.getTimePartitioning();
        RangePartitioning range = table.getRangePartitioning();
        if (time != null && range != null) {
            throw StoreException.invalid("Only one of timePartitioning and rangePartitioning can be specified.");
        }
        if (time != null) {
            return ofTime(time, columns);
        }
        return range == null ? UNPARTITIONED : ofRange(range, columns);
    }

    private static Partitioning ofTime(TimePartitioning time, List<Column> columns) {
        String type = time.getType() == null ? "DAY" : time.getType();
        Kind kind = switch (type) {
            case "HOUR" -> Kind.HOUR;
            case "DAY" -> Kind.DAY;
            case "MONTH" -> Kind.MONTH;
            case "YEAR" -> Kind.YEAR;
            default ->
                throw StoreException.invalid(
                        "Invalid time partitioning type " + type + ". Use HOUR, DAY, MONTH or YEAR.");
        };
        if (time.getField() == null) {
            return new Partitioning(kind, Optional.empty(), 0, 0, 1);
        }
        Column column = partitioningColumn(time.getField(), columns);
        boolean fits = switch (column.type()) {
            case DATE -> kind != Kind.HOUR;
            case TIMESTAMP, DATETIME -> true;
            default -> false;
        };
        if (column.type() == FieldType.DATE && !fits) {
            throw StoreException.invalid(
                    "The field specified for time partitioning cannot be of type DATE when the partitioning type is HOUR.");
        }
        if (!fits || column.repeated()) {
            throw StoreException.invalid(
                    "The field specified for time partitioning can only be of type TIMESTAMP, DATE or DATETIME. The type"
                            + " found is: " + column.type() + ".");
        }
        return new Partitioning(kind, Optional.of(column.name()), 0, 0, 1);
    }

    private static Partitioning ofRange(RangePartitioning range, List<Column> columns) {
        if (range.getField() == null || range.getRange() == null) {
            throw StoreException.invalid("rangePartitioning needs a field and a range.");
        }
        Column column = partitioningColumn(range.getField(), columns);
        if (column.type() != FieldType.INT64 || column.repeated()) {
            throw StoreException.invalid(
                    "The field specified for range partitioning can only be of type INTEGER. The type found is: "
                            + column.type() + ".");
        }
        RangePartitioning.Range bounds = range.getRange();
        if (bounds.getStart() == null || bounds.getEnd() == null || bounds.getInterval() == null) {
            throw StoreException.invalid("The range of rangePartitioning needs start, end and interval.");
        }
        if (bounds.getInterval() <= 0 || bounds.getEnd() <= bounds.getStart()) {
            throw StoreException.invalid("The range of rangePartitioning needs end > start and interval > 0; got start "
                    + bounds.getStart() + ", end " + bounds.getEnd() + ", interval " + bounds.getInterval() + ".");
        }
        return new Partitioning(
                Kind.RANGE, Optional.of(column.name()), bounds.getStart(), bounds.getEnd(), bounds.getInterval());
    }

    private static Column partitioningColumn(String field, List<Column> columns) {
        return Column.find(columns, field)
                .orElseThrow(() -> StoreException.invalid(
                        "The field specified for partitioning cannot be found in the schema: " + field + "."));
    }

    /** Returns whether the table is partitioned. */
    public boolean isPartitioned() {
        return kind != Kind.NONE;
    }

    /** Returns whether the table is partitioned by ingestion time. */
    public boolean byIngestionTime() {
        return kind.isTime() && field.isEmpty();
    }

    /** The name of the partitioning column, hidden or not; empty if the table is not partitioned. */
    public Optional<String> columnName() {
        return byIngestionTime() ? Optional.of(INGESTION_TIME) : field;
    }

    /**
     * Returns the partition of a row by the value of its partitioning column: a LocalDate, LocalDateTime, Instant or Long.
     *
     * @throws IllegalStateException when the table is not partitioned
     */
    public String partitionId(@Nullable Object value) {
        if (kind == Kind.NONE) {
            throw new IllegalStateException("A table that is not partitioned has no partition ids");
        }
        if (value == null) {
            return byIngestionTime() ? UNPARTITIONED_ID : NULL_ID;
        }
        if (kind == Kind.RANGE) {
            long number = (Long) value;
            return number < start || number >= end
                    ? UNPARTITIONED_ID
                    : Long.toString(start + (number - start) / interval * interval);
        }
        return kind.javaFormat.format(asDateTime(value));
    }

    private static LocalDateTime asDateTime(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        return value instanceof LocalDateTime dateTime
                ? dateTime
                : LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
    }

    /** DuckDB expression for the partition id of a row, over the columns of the table. Empty if the table is not partitioned. */
    public Optional<String> sqlId() {
        return columnName().map(Sql::quote).map(column -> switch (kind) {
            case NONE ->
                throw new IllegalStateException(
                        "unreachable: a table that is not partitioned has no partitioning column");
            case RANGE ->
                "CASE WHEN " + column + " IS NULL THEN '" + NULL_ID + "' WHEN " + column + " < " + start + " OR "
                        + column + " >= "
                        + end + " THEN '" + UNPARTITIONED_ID + "' ELSE CAST(" + start + " + ((" + column + " - ("
                        + start + ")) // " + interval
                        + ") * " + interval + " AS VARCHAR) END";
            default ->
                "coalesce(strftime(CAST(" + column + " AS TIMESTAMP), '" + kind.duckFormat + "'), '"
                        + (byIngestionTime() ? UNPARTITIONED_ID : NULL_ID) + "')";
        });
    }

    /**
     * Returns a DuckDB condition that is true for the rows of one partition.
     *
     * @throws StoreException when the id is not a valid partition id of this table
     */
    public String sqlIn(String partitionId) {
        requireId(partitionId);
        return "(" + sqlId().orElseThrow() + ") = " + Sql.literal(partitionId);
    }

    /**
     * Returns the first instant of the time partition that a decorator names ({@code t$20240131}).
     *
     * @throws StoreException when the id does not fit the partitioning of this table
     */
    public Instant startOf(String partitionId) {
        requireId(partitionId);
        if (!kind.isTime() || partitionId.startsWith("__")) {
            throw StoreException.invalid("Partition " + partitionId + " has no start.");
        }
        String padded = partitionId + "0101".substring(Math.min(4, Math.max(0, partitionId.length() - 4)));
        try {
            LocalDate day = LocalDate.parse(padded.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
            int hour = kind == Kind.HOUR ? Integer.parseInt(partitionId.substring(8)) : 0;
            return day.atTime(hour, 0).toInstant(ZoneOffset.UTC);
        } catch (java.time.DateTimeException e) {
            throw invalidId(partitionId);
        }
    }

    /** The start of the partition that contains an instant. */
    public Instant truncate(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        LocalDateTime cut = switch (kind) {
            case HOUR -> utc.truncatedTo(ChronoUnit.HOURS);
            case MONTH -> utc.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case YEAR -> utc.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
            default -> utc.truncatedTo(ChronoUnit.DAYS);
        };
        return cut.toInstant(ZoneOffset.UTC);
    }

    private void requireId(String id) {
        boolean special = id.equals(NULL_ID) || id.equals(UNPARTITIONED_ID);
        boolean fits = switch (kind) {
            case NONE -> false;
            case RANGE -> special || id.matches("-?[0-9]{1,19}");
            default -> special || kind.idPattern.matcher(id).matches();
        };
        if (!fits) {
            throw invalidId(id);
        }
    }

    private StoreException invalidId(String id) {
        return StoreException.invalid(
                kind == Kind.NONE
                        ? "Cannot use the partition decorator $" + id + ": the table is not partitioned."
                        : "Invalid partition decorator $" + id + " for a table partitioned by " + kind + ".");
    }
}
