package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Map;

/**
 * What a table is.
 *
 * @param columns in order
 * @param partitioning how it is cut
 * @param clustering columns that rows are sorted by inside a partition, most important first; at most four
 * @param labels what a new table is labelled with, for bills and inventories
 * @param description what a new table says of itself, empty for nothing
 */
public record TableShape(
        List<Column> columns,
        Partitioning partitioning,
        List<String> clustering,
        Map<String, String> labels,
        String description) {

    public TableShape(List<Column> columns, Partitioning partitioning, List<String> clustering) {
        this(columns, partitioning, clustering, Map.of(), "");
    }

    public TableShape {
        columns = List.copyOf(columns);
        clustering = List.copyOf(clustering);
        labels = Map.copyOf(labels);
    }
}
