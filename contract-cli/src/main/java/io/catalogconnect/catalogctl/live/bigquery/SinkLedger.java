package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.QueryParameterValue;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the sink has recorded about a table, in the tables that its configuration names. If a deleted table and its topic are
 * created again, the records get the same offsets, and the sink would take them for written and published.
 */
record SinkLedger(Dataset dataset, Map<String, String> sink) {
    private static final String OF_TABLE = " WHERE table_name = @table";

    /** Removes the records about a table and its histories. It can be repeated. */
    void forget(String table, Set<String> histories) {
        Stream.concat(Stream.of(table), histories.stream())
                .forEach(name ->
                        change("registry.table", "_catalog_connect_streams", "DELETE FROM %s" + OF_TABLE, name));
        change("replace.versions.table", "_catalog_connect_versions", "DELETE FROM %s" + OF_TABLE, table);
        // The number of the last job stays: BigQuery never runs a job with the same ID again.
        change(
                "replace.publications.table",
                "_catalog_connect_publications",
                "UPDATE %s SET versions = '', done = TRUE" + OF_TABLE,
                table);
    }

    /** Runs a statement if its table exists. */
    private void change(String key, String name, String sql, String table) {
        String ledger = sink.getOrDefault(key, name);
        if (dataset.call(() -> dataset.client().getTable(dataset.table(ledger)) != null)) {
            dataset.change(sql.formatted(dataset.sqlName(ledger)), Map.of("table", QueryParameterValue.string(table)));
        }
    }
}
