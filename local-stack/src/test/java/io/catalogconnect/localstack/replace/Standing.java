package io.catalogconnect.localstack.replace;

import com.google.cloud.bigquery.FieldValueList;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import java.util.Iterator;

/**
 * How things stand with one partition of one table.
 *
 * @param historyRows rows in the history
 * @param facts versions that are written down as complete, each counted once
 * @param sequence of the partition's record
 * @param done whether the record's job is known to have ended well
 * @param shown what readers see
 */
record Standing(long historyRows, long facts, long sequence, boolean done, Shown shown) {

    static Standing of(CatalogDataset dataset, String table) throws InterruptedException {
        FieldValueList row = dataset.query("SELECT (SELECT COUNT(*) FROM " + table + "_history),"
                        + " (SELECT COUNT(DISTINCT version_id) FROM _catalog_connect_versions), sequence, done"
                        + " FROM _catalog_connect_publications WHERE table_name = '" + table + "'")
                .iterateAll()
                .iterator()
                .next();
        return new Standing(
                row.get(0).getLongValue(),
                row.get(1).getLongValue(),
                row.get(2).getLongValue(),
                row.get(3).getBooleanValue(),
                Shown.of(dataset, table));
    }

    /** Rows in the history that are there more than once. */
    static long doubledRows(CatalogDataset dataset, String table) throws InterruptedException {
        Iterator<FieldValueList> rows = dataset.query("SELECT COUNT(*) FROM (SELECT _kafka_topic, _kafka_partition,"
                        + " _kafka_offset FROM " + table + "_history GROUP BY _kafka_topic, _kafka_partition,"
                        + " _kafka_offset HAVING COUNT(*) > 1)")
                .iterateAll()
                .iterator();
        return rows.next().get(0).getLongValue();
    }
}
