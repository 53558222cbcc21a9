package io.catalogconnect.localstack.bigquery;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.RangePartitioning;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TimePartitioning;

/** SQL that counts the partitions of a table that are not empty. */
final class PartitionCount {
    private static final String NONE = "LEAST(COUNT(*), 1)";

    private PartitionCount() {}

    /** The expression. A table without partitions counts as one partition. */
    static String sql(TableDefinition table) {
        if (!(table instanceof StandardTableDefinition definition)) {
            return NONE;
        }
        TimePartitioning time = definition.getTimePartitioning();
        RangePartitioning range = definition.getRangePartitioning();
        if (time != null) {
            return "COUNT(DISTINCT " + start(definition, time) + ")";
        }
        return range == null
                ? NONE
                : "COUNT(DISTINCT DIV(`" + range.getField() + "` - "
                        + range.getRange().getStart() + ", " + range.getRange().getInterval() + "))";
    }

    /** The condition without which a query is refused, if the table requires one; it selects all rows. */
    static String condition(TableDefinition table) {
        if (!(table instanceof StandardTableDefinition definition)) {
            return "";
        }
        TimePartitioning time = definition.getTimePartitioning();
        if (time == null || !Boolean.TRUE.equals(time.getRequirePartitionFilter())) {
            return "";
        }
        return " WHERE " + column(time) + " IS NOT NULL OR " + column(time) + " IS NULL";
    }

    private static String start(StandardTableDefinition table, TimePartitioning time) {
        Schema schema = table.getSchema();
        if (time.getField() == null || schema == null) {
            return column(time);
        }
        Field field = schema.getFields().get(time.getField());
        return field.getType().getStandardType().name() + "_TRUNC(" + column(time) + ", "
                + time.getType().name() + ")";
    }

    private static String column(TimePartitioning time) {
        return time.getField() == null ? "_PARTITIONTIME" : "`" + time.getField() + "`";
    }
}
