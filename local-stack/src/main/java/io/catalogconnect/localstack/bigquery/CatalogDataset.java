package io.catalogconnect.localstack.bigquery;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dataset of the main job, read by SQL through Google's client. Thread-safe.
 *
 * <p>Every method that asks BigQuery throws {@link BigQueryException} with the service's own message.
 */
public final class CatalogDataset {
    /** The project that the local stack uses; local-bigquery takes any. */
    public static final String PROJECT = "local";

    /** The dataset's name. */
    public static final String NAME = "catalog";

    private final BigQuery bigQuery;

    /**
     * The size of a table.
     *
     * @param rows number of rows
     * @param partitions number of partitions that are not empty
     */
    public record TableSize(long rows, long partitions) {
        /** The size of a table that nobody has written to. */
        public static final TableSize EMPTY = new TableSize(0, 0);
    }

    /** Speaks to the BigQuery service at {@code endpoint}, for example {@code http://127.0.0.1:9050}. */
    public CatalogDataset(String endpoint) {
        this.bigQuery = BigQueryOptions.newBuilder()
                .setProjectId(PROJECT)
                .setHost(endpoint)
                .setCredentials(NoCredentials.getInstance())
                .setLocation("US")
                .build()
                .getService();
    }

    /** Creates the dataset if it does not exist. */
    public void createIfMissing() {
        if (bigQuery.getDataset(NAME) == null) {
            bigQuery.create(DatasetInfo.newBuilder(NAME).setLocation("US").build());
        }
    }

    /** The rows and partitions of each of these tables, in this order; a table that does not exist is empty. */
    public Map<String, TableSize> sizes(List<String> tables) throws InterruptedException {
        Map<String, TableSize> sizes = new LinkedHashMap<>();
        for (String table : tables) {
            sizes.put(table, exists(table) ? sizeOf(table) : TableSize.EMPTY);
        }
        return sizes;
    }

    /** Runs a statement of GoogleSQL; names without a dataset are of this one. */
    public TableResult query(String sql) throws InterruptedException {
        return bigQuery.query(
                QueryJobConfiguration.newBuilder(sql).setDefaultDataset(NAME).build());
    }

    private boolean exists(String table) {
        return bigQuery.getTable(TableId.of(NAME, table)) != null;
    }

    private TableSize sizeOf(String table) throws InterruptedException {
        FieldValueList row = query("SELECT COUNT(*) AS n, COUNT(DISTINCT catalog_date) AS partitions FROM " + table)
                .iterateAll()
                .iterator()
                .next();
        return new TableSize(row.get("n").getLongValue(), row.get("partitions").getLongValue());
    }
}
