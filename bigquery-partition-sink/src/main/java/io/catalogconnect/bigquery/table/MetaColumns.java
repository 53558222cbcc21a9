package io.catalogconnect.bigquery.table;

import java.util.List;

/** Columns of every row besides the record's own: its original position in Kafka. */
public final class MetaColumns {

    public static final String TOPIC = "_kafka_topic";
    public static final String PARTITION = "_kafka_partition";
    public static final String OFFSET = "_kafka_offset";

    /** In the order in which they follow the record's columns. */
    public static final List<Column> ALL = List.of(
            Column.of(TOPIC, ColumnType.STRING, Column.Mode.REQUIRED),
            Column.of(PARTITION, ColumnType.INT64, Column.Mode.REQUIRED),
            Column.of(OFFSET, ColumnType.INT64, Column.Mode.REQUIRED));

    private MetaColumns() {}
}
