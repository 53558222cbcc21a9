package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import io.catalogconnect.bigquery.commit.Batch;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import io.catalogconnect.bigquery.table.MetaColumns;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the rows of lanes from their tables. A query is for all lanes of a table that are asked about at the same time: it
 * reads the same columns as for one lane. Never filters by partition, because new rows have no partition yet. Thread-safe.
 */
public final class BigQueryWrittenOffsets implements WrittenOffsets {

    private static final long MICROS_PER_MILLI = 1_000;

    /** The lanes of a statement as a table. {@code n} is the position of a lane. */
    private static final String LANES =
            "(SELECT n, topic, @partitions[OFFSET(n)] AS kafka_partition, @lowest[OFFSET(n)] AS"
                    + " lowest, @highest[OFFSET(n)] AS highest FROM UNNEST(@topics) AS topic WITH OFFSET AS n)";

    /** Offsets of a lane, with both ends. */
    private record Range(long lowest, long highest) {}

    /** The queries of one table. */
    private record TableBatches(
            Batch<LaneKey, LaneKey, Long> highest,
            Batch<LaneKey, Range, Long> counts,
            Batch<LaneKey, Range, Map<Long, Long>> timestamps) {}

    private final Service service;
    private final Queries queries;
    private final BigQueryTableCatalog catalog;
    private final String timestampColumn;
    private final Batch.Timing timing;
    private final Map<String, TableBatches> tables = new ConcurrentHashMap<>();

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

    private TableBatches batches(LaneKey lane) {
        return tables.computeIfAbsent(
                lane.table(),
                table -> new TableBatches(
                        new Batch<>(timing, lanes -> highest(table, lanes.keySet())),
                        new Batch<>(timing, lanes -> counts(table, lanes)),
                        new Batch<>(timing, lanes -> timestamps(table, lanes))));
    }

    @Override
    public CompletableFuture<Long> highest(LaneKey lane) {
        return batches(lane).highest().add(lane, lane);
    }

    private CompletableFuture<Map<LaneKey, Long>> highest(String table, Collection<LaneKey> lanes) {
        Map<String, QueryParameterValue> topics = new ArrayParameters<>(
                        lanes.stream().map(LaneKey::topic).collect(Collectors.toSet()))
                .texts("topics", topic -> topic)
                .asMap();
        return partitionFilter(table)
                .thenCompose(filter -> queries.rows(
                        "reading the highest offsets of table " + table,
                        "SELECT " + MetaColumns.TOPIC + " AS topic, " + MetaColumns.PARTITION
                                + " AS topic_partition, MAX("
                                + MetaColumns.OFFSET + ") AS highest FROM " + service.sqlName(table) + " AS t WHERE "
                                + MetaColumns.TOPIC + " IN UNNEST(@topics)" + filter
                                + " GROUP BY " + MetaColumns.TOPIC + ", " + MetaColumns.PARTITION,
                        topics))
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
        return batches(lane).counts().add(lane, new Range(above + 1, upTo));
    }

    private CompletableFuture<Map<LaneKey, Long>> counts(String table, Map<LaneKey, Range> ranges) {
        List<LaneKey> lanes = List.copyOf(ranges.keySet());
        return partitionFilter(table)
                .thenCompose(filter -> queries.rows(
                        "counting rows of table " + table,
                        "SELECT l.n AS n, COUNT(*) AS row_count" + rowsOfLanes(table) + filter + " GROUP BY l.n",
                        parameters(lanes, ranges)))
                .thenApply(result -> {
                    Map<LaneKey, Long> counts = new HashMap<>();
                    lanes.forEach(lane -> counts.put(lane, 0L));
                    for (FieldValueList row : result.iterateAll()) {
                        counts.put(lane(lanes, row), row.get("row_count").getLongValue());
                    }
                    return counts;
                });
    }

    @Override
    public CompletableFuture<Map<Long, Long>> timestamps(LaneKey lane, List<Long> offsets) {
        return timestampColumn.isEmpty()
                ? CompletableFuture.completedFuture(Map.of())
                : batches(lane).timestamps().add(lane, new Range(Collections.min(offsets), Collections.max(offsets)));
    }

    private CompletableFuture<Map<LaneKey, Map<Long, Long>>> timestamps(String table, Map<LaneKey, Range> ranges) {
        List<LaneKey> lanes = List.copyOf(ranges.keySet());
        return partitionFilter(table)
                .thenCompose(filter -> queries.rows(
                        "reading timestamps of table " + table,
                        "SELECT l.n AS n, t." + MetaColumns.OFFSET + " AS record_offset, UNIX_MICROS(t.`"
                                + timestampColumn + "`) AS micros" + rowsOfLanes(table) + " AND t.`" + timestampColumn
                                + "` IS NOT NULL" + filter,
                        parameters(lanes, ranges)))
                .thenApply(result -> {
                    Map<LaneKey, Map<Long, Long>> timestamps = new HashMap<>();
                    lanes.forEach(lane -> timestamps.put(lane, new HashMap<>()));
                    for (FieldValueList row : result.iterateAll()) {
                        Objects.requireNonNull(timestamps.get(lane(lanes, row)))
                                .put(
                                        row.get("record_offset").getLongValue(),
                                        Math.floorDiv(row.get("micros").getLongValue(), MICROS_PER_MILLI));
                    }
                    return timestamps;
                });
    }

    /** The rows of the lanes' ranges, as a FROM and a WHERE clause. */
    private String rowsOfLanes(String table) {
        return " FROM " + service.sqlName(table) + " AS t JOIN " + LANES + " AS l ON t." + MetaColumns.TOPIC
                + " = l.topic AND t." + MetaColumns.PARTITION + " = l.kafka_partition WHERE t." + MetaColumns.OFFSET
                + " BETWEEN l.lowest AND l.highest";
    }

    private static Map<String, QueryParameterValue> parameters(List<LaneKey> lanes, Map<LaneKey, Range> ranges) {
        Function<LaneKey, Range> range = lane -> Objects.requireNonNull(ranges.get(lane));
        return new ArrayParameters<>(lanes)
                .texts("topics", LaneKey::topic)
                .numbers("partitions", LaneKey::partition)
                .numbers("lowest", lane -> range.apply(lane).lowest())
                .numbers("highest", lane -> range.apply(lane).highest())
                .asMap();
    }

    private static LaneKey lane(List<LaneKey> lanes, FieldValueList row) {
        return lanes.get(Math.toIntExact(row.get("n").getLongValue()));
    }

    /** A condition that holds for every row {@code t}, and satisfies a table that requires a partition filter. */
    private CompletableFuture<String> partitionFilter(String table) {
        return queries.run("reading table " + table, () -> catalog.requiredPartitionFilter(table))
                .thenApply(
                        column -> column.map(name -> " AND (t.`" + name + "` IS NOT NULL OR t.`" + name + "` IS NULL)")
                                .orElse(""));
    }
}
