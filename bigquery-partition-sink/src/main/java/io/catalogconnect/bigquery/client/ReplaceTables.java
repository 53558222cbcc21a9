package io.catalogconnect.bigquery.client;

/**
 * Names of the tables that replacing needs besides those it shows.
 *
 * @param historySuffix what follows a table's name in its history's
 * @param versions the table of complete versions
 * @param publications the table of the records of units
 */
public record ReplaceTables(String historySuffix, String versions, String publications) {

    /** The table that keeps every version of every object of a table. */
    public String history(String table) {
        return table + historySuffix;
    }
}
