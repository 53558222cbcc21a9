package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import io.catalogconnect.bigquery.commit.Batch;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import io.catalogconnect.bigquery.table.MetaColumns;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the rows of a lane from its table. Never filters by partition, because new rows have no partition yet. */
public final class BigQueryWrittenOffsets implements WrittenOffsets {

    private static final String LANE = MetaColumns.TOPIC + " = @topic AND " + MetaColumns.PARTITION + " = @partition";
    private static final long MICROS_PER_MILLI = 1_000;

    private final Service service;
    private final Queries queries;
    private final BigQueryTableCatalog catalog;
    private final String timestampColumn;
    private final Batch.Timing timing;
    private final Map<String, Batch<LaneKey, LaneKey, Long>> highest = new ConcurrentHashMap<>();

    /** @param timestampColumn the column of the record timestamp; empty if rows have none */
    BigQueryWrittenOffsets(
            Service service,
            Queries queries,
            BigQueryTableCatalog catalog,
            String timestampColumn,
            Batch.Timing timing) {
        this.service = service;
        this.queries = queries;
        this.catalog = catalog;
        this.timestampColumn = timestampColumn;
        this.timing = timing;
    }

    @Override
    public CompletableFuture<Long> highest(LaneKey lane) {
        return highest.computeIfAbsent(
                        lane.table(), table -> new Batch<>(timing, lanes -> highest(table, lanes.keySet())))
                .add(lane, lane);
    }

    /** One query for all lanes of a table: it reads the same columns as for one lane. */
    private CompletableFuture<Map<LaneKey, Long>> highest(String table, Collection<LaneKey> lanes) {
        String topics = MetaColumns.TOPIC + " IN UNNEST(@topics)";
        return condition(table, topics)
                .thenCompose(condition -> queries.rows(
                        "reading the highest offsets of table " + table,
                        "SELECT " + MetaColumns.TOPIC + " AS topic, " + MetaColumns.PARTITION
                                + " AS topic_partition, MAX("
                                + MetaColumns.OFFSET + ") AS highest FROM " + service.sqlName(table) + " WHERE "
                                + condition
                                + " GROUP BY " + MetaColumns.TOPIC + ", " + MetaColumns.PARTITION,
                        Map.of(
                                "topics",
                                QueryParameterValue.array(
                                        lanes.stream()
                                                .map(LaneKey::topic)
                                                .distinct()
                                                .toArray(String[]::new),
                                        StandardSQLTypeName.STRING))))
                .thenApply(result -> {
                    Map<LaneKey, Long> found = new HashMap<>();
                    lanes.forEach(lane -> found.put(lane, -1L));
                    for (FieldValueList row : result.iterateAll()) {
                        lanes.stream()
                                .filter(lane -> lane.topic()
                                                .equals(row.get("topic").getStringValue())
                                        && lane.partition()
                                                == row.get("topic_partition").getLongValue())
                                .forEach(lane ->
                                        found.put(lane, row.get("highest").getLongValue()));
                    }
                    return found;
                });
    }

    @Override
    public CompletableFuture<Long> count(LaneKey lane, long above, long upTo) {
        Map<String, QueryParameterValue> parameters = parameters(lane);
        parameters.put("above", QueryParameterValue.int64(above));
        parameters.put("up_to", QueryParameterValue.int64(upTo));
        return condition(lane)
                .thenCompose(condition -> queries.rows(
                        "counting rows of " + lane,
                        "SELECT COUNT(*) AS n FROM " + service.sqlName(lane.table()) + " WHERE " + condition + " AND "
                                + MetaColumns.OFFSET + " > @above AND " + MetaColumns.OFFSET + " <= @up_to",
                        parameters))
                .thenApply(
                        result -> result.iterateAll().iterator().next().get("n").getLongValue());
    }

    @Override
    public CompletableFuture<Map<Long, Long>> timestamps(LaneKey lane, List<Long> offsets) {
        if (timestampColumn.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Map<String, QueryParameterValue> parameters = parameters(lane);
        parameters.put("lowest", QueryParameterValue.int64(Collections.min(offsets)));
        parameters.put("highest", QueryParameterValue.int64(Collections.max(offsets)));
        return condition(lane)
                .thenCompose(condition -> queries.rows(
                        "reading timestamps of " + lane,
                        "SELECT " + MetaColumns.OFFSET + " AS record_offset, UNIX_MICROS(`" + timestampColumn
                                + "`) AS micros FROM "
                                + service.sqlName(lane.table()) + " WHERE " + condition + " AND " + MetaColumns.OFFSET
                                + " BETWEEN @lowest AND @highest AND `" + timestampColumn + "` IS NOT NULL",
                        parameters))
                .thenApply(result -> {
                    Map<Long, Long> timestamps = new HashMap<>();
                    for (FieldValueList row : result.iterateAll()) {
                        timestamps.put(
                                row.get("record_offset").getLongValue(),
                                Math.floorDiv(row.get("micros").getLongValue(), MICROS_PER_MILLI));
                    }
                    return timestamps;
                });
    }

    /** Condition for a lane's rows, which also satisfies a table that requires a partition filter. */
    private CompletableFuture<String> condition(LaneKey lane) {
        return condition(lane.table(), LANE);
    }

    private CompletableFuture<String> condition(String table, String rows) {
        return queries.run("reading table " + table, () -> catalog.requiredPartitionFilter(table))
                .thenApply(column -> column.map(
                                name -> rows + " AND (`" + name + "` IS NOT NULL OR `" + name + "` IS NULL)")
                        .orElse(rows));
    }

    private static Map<String, QueryParameterValue> parameters(LaneKey lane) {
        Map<String, QueryParameterValue> parameters = new HashMap<>();
        parameters.put("topic", QueryParameterValue.string(lane.topic()));
        parameters.put("partition", QueryParameterValue.int64(lane.partition()));
        return parameters;
    }
}
