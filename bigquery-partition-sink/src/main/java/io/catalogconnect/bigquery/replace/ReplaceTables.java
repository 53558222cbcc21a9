package io.catalogconnect.bigquery.replace;

/**
 * Names of the tables that replace mode needs besides those that it publishes.
 *
 * @param historySuffix suffix of a table's name in the name of its history
 * @param versions the table of complete versions
 * @param publications the table of publications
 */
public record ReplaceTables(String historySuffix, String versions, String publications) {

    /** Name of a table's history. */
    public String history(String table) {
        return table + historySuffix;
    }
}
