package io.catalogconnect.bigquery.table;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Definition of a table.
 *
 * @param columns the columns in order
 * @param partitioning the partitioning
 * @param clustering clustering columns, most important first; at most four
 * @param labels labels of a new table
 * @param description description of a new table; empty for none
 * @param primaryKey columns of the primary key; empty for none
 * @param maxStaleness {@code max_staleness} of a new table; empty if it is not set
 */
public record TableShape(
        List<Column> columns,
        Partitioning partitioning,
        List<String> clustering,
        Map<String, String> labels,
        String description,
        List<String> primaryKey,
        Optional<Duration> maxStaleness) {

    /** BigQuery clusters by at most four columns. */
    private static final int MAX_CLUSTERING = 4;

    public TableShape(List<Column> columns, Partitioning partitioning, List<String> clustering) {
        this(columns, partitioning, clustering, Map.of(), "");
    }

    /** A table without a primary key. */
    public TableShape(
            List<Column> columns,
            Partitioning partitioning,
            List<String> clustering,
            Map<String, String> labels,
            String description) {
        this(columns, partitioning, clustering, labels, description, List.of(), Optional.empty());
    }

    public TableShape {
        columns = List.copyOf(columns);
        clustering = List.copyOf(clustering);
        labels = Map.copyOf(labels);
        primaryKey = List.copyOf(primaryKey);
    }

    /** This table with a primary key. It is clustered by the key unless other columns are given, so that changes read fewer rows. */
    public TableShape withPrimaryKey(List<String> key, Optional<Duration> staleness) {
        List<String> clusters =
                clustering.isEmpty() ? key.subList(0, Math.min(key.size(), MAX_CLUSTERING)) : clustering;
        return new TableShape(columns, partitioning, clusters, labels, description, key, staleness);
    }
}
