package io.catalogconnect.bigquery.replace;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * What one job replaces.
 *
 * @param table the table's name inside the dataset
 * @param unit the partition as a decorator names it, {@code 20261101}, or {@link #WHOLE} for all of the table
 */
public record UnitKey(String table, String unit) {

    /** The unit that is all of a table. */
    public static final String WHOLE = "table";

    /** The day's partition. */
    public static UnitKey ofDay(String table, LocalDate day) {
        return new UnitKey(table, day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    /** All of the table. */
    public static UnitKey ofTable(String table) {
        return new UnitKey(table, WHOLE);
    }

    public boolean isWhole() {
        return unit.equals(WHOLE);
    }

    /** As a job's destination names it. */
    @Override
    public String toString() {
        return isWhole() ? table : table + "$" + unit;
    }
}
