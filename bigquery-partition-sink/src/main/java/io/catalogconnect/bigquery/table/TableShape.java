package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Map;

/**
 * Definition of a table.
 *
 * @param columns the columns in order
 * @param partitioning the partitioning
 * @param clustering clustering columns, most important first; at most four
 * @param labels labels of a new table
 * @param description description of a new table; empty for none
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
