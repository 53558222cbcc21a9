package io.catalogconnect.contract.model;

import java.util.List;
import java.util.Optional;

/**
 * A topic and its table.
 *
 * @param physicalName name of the table
 * @param from name of the object whose rows the rule selects; empty for the product
 * @param rule condition of the rows; empty for all rows
 * @param partitionType {@code hour}, {@code day}, {@code month} or {@code year}
 */
public record DataObject(
        String name,
        String physicalName,
        String businessName,
        String description,
        List<Column> columns,
        String topic,
        String from,
        String rule,
        String consumer,
        List<String> clustering,
        boolean requirePartitionFilter,
        String partitionType,
        List<String> tags,
        List<QualityCheck> quality,
        Places places) {
    public DataObject {
        columns = List.copyOf(columns);
        clustering = List.copyOf(clustering);
        tags = List.copyOf(tags);
        quality = List.copyOf(quality);
    }

    /** True for an object whose rows are selected from another one. */
    public boolean isDerived() {
        return !from.isEmpty();
    }

    /** The column by which the table is partitioned. */
    public Optional<Column> partitionColumn() {
        return columns.stream().filter(Column::partitioned).findFirst();
    }

    /** A column by name. */
    public Optional<Column> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /** The columns that are cells of the file. */
    public List<Column> fileColumns() {
        return columns.stream()
                .filter(column -> column.origin() == Column.Origin.CELL)
                .toList();
    }
}
