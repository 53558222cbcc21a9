package io.catalogconnect.bigquery.table;

import java.util.List;

/**
 * What a table is.
 *
 * @param columns in order
 * @param partitioning how it is cut
 * @param clustering columns that rows are sorted by inside a partition, most important first; at most four
 */
public record TableShape(List<Column> columns, Partitioning partitioning, List<String> clustering) {

    public TableShape {
        columns = List.copyOf(columns);
        clustering = List.copyOf(clustering);
    }
}
