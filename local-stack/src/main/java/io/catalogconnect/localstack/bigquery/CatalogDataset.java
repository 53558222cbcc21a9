package io.catalogconnect.localstack.bigquery;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dataset, read by SQL through Google's client. Thread-safe.
 *
 * <p>Every method that asks BigQuery throws {@link BigQueryException} with the service's own message.
 */
public final class CatalogDataset {
    /** The project that the local stack uses; local-bigquery takes any. */
    public static final String PROJECT = "local";

    /** The name of the dataset of the catalogues. */
    public static final String NAME = "catalog";

    private final BigQuery bigQuery;
    private final String name;

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

    private CatalogDataset(BigQuery bigQuery, String name) {
        this.bigQuery = bigQuery;
        this.name = name;
    }

    /** Reads the dataset of the catalogues in the BigQuery service at {@code endpoint}, for example {@code http://127.0.0.1:9050}. */
    public CatalogDataset(String endpoint) {
        this(
                BigQueryOptions.newBuilder()
                        .setProjectId(PROJECT)
                        .setHost(endpoint)
                        .setCredentials(NoCredentials.getInstance())
                        .setLocation("US")
                        .build()
                        .getService(),
                NAME);
    }

    /** Another dataset of the same service. */
    public CatalogDataset named(String other) {
        return new CatalogDataset(bigQuery, other);
    }

    /** Creates the dataset if it does not exist. */
    public void createIfMissing() {
        if (bigQuery.getDataset(name) == null) {
            bigQuery.create(DatasetInfo.newBuilder(name).setLocation("US").build());
        }
    }

    /**
     * The rows and partitions of each of these tables, in this order; a table that does not exist is empty. The names in the
     * result are those by which a statement finds the tables from the dataset of the catalogues.
     */
    public Map<String, TableSize> sizes(List<String> tables) throws InterruptedException {
        Map<String, TableSize> sizes = new LinkedHashMap<>();
        for (String table : tables) {
            Table found = bigQuery.getTable(TableId.of(name, table));
            String shown = name.equals(NAME) ? table : name + "." + table;
            sizes.put(shown, found == null ? TableSize.EMPTY : sizeOf(table, found.getDefinition()));
        }
        return sizes;
    }

    /** Runs a statement of GoogleSQL; names without a dataset are of this one. */
    public TableResult query(String sql) throws InterruptedException {
        return bigQuery.query(
                QueryJobConfiguration.newBuilder(sql).setDefaultDataset(name).build());
    }

    private TableSize sizeOf(String table, TableDefinition definition) throws InterruptedException {
        FieldValueList row = query("SELECT COUNT(*) AS n, " + PartitionCount.sql(definition) + " AS partitions FROM `"
                        + table + "`" + PartitionCount.condition(definition))
                .iterateAll()
                .iterator()
                .next();
        return new TableSize(row.get("n").getLongValue(), row.get("partitions").getLongValue());
    }
}
