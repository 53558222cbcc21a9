package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import io.catalogconnect.bigquery.commit.WrittenRows;
import io.catalogconnect.bigquery.table.MetaColumns;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads a lane's high-water mark from its table. Never filters on a partition: fresh rows have none yet. */
public final class BigQueryWrittenOffsets implements WrittenOffsets {

    private final Service service;
    private final Queries queries;
    private final String extraCondition;

    /** @param extraCondition true for every row, for tables that insist on a filter; else empty */
    BigQueryWrittenOffsets(Service service, Queries queries, String extraCondition) {
        this.service = service;
        this.queries = queries;
        this.extraCondition = extraCondition;
    }

    @Override
    public CompletableFuture<WrittenRows> written(LaneKey lane, long baseOffset) {
        String sql = "SELECT MAX(" + MetaColumns.OFFSET + ") AS highest, COUNTIF(" + MetaColumns.OFFSET
                + " > @base) AS above FROM " + service.sqlName(lane.table()) + " WHERE " + MetaColumns.TOPIC
                + " = @topic AND " + MetaColumns.PARTITION + " = @partition"
                + (extraCondition.isEmpty() ? "" : " AND (" + extraCondition + ")");
        return queries.rows(
                        "reading the highest offset of " + lane,
                        sql,
                        Map.of(
                                "base", QueryParameterValue.int64(baseOffset),
                                "topic", QueryParameterValue.string(lane.topic()),
                                "partition", QueryParameterValue.int64(lane.partition())))
                .thenApply(result -> {
                    FieldValueList row = result.iterateAll().iterator().next();
                    long highest = row.get("highest").isNull()
                            ? -1
                            : row.get("highest").getLongValue();
                    return new WrittenRows(highest, row.get("above").getLongValue());
                });
    }
}
