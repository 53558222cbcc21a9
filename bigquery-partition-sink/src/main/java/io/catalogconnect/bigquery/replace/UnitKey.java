package io.catalogconnect.bigquery.replace;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Unit: one date partition, or the whole table, that is replaced together.
 *
 * @param table the table's name inside the dataset
 * @param unit the partition decorator, for example {@code 20261101}, or {@link #WHOLE} for the whole table
 */
public record UnitKey(String table, String unit) {

    /** Decorator of the whole table. */
    public static final String WHOLE = "table";

    /** The partition of a day. */
    public static UnitKey ofDay(String table, LocalDate day) {
        return new UnitKey(table, day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    /** The whole table. */
    public static UnitKey ofTable(String table) {
        return new UnitKey(table, WHOLE);
    }

    public boolean isWhole() {
        return unit.equals(WHOLE);
    }

    /** The destination table of a job. */
    @Override
    public String toString() {
        return isWhole() ? table : table + "$" + unit;
    }
}
