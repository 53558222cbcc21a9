package io.catalogconnect.localbigquery.read;

import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.StreamStats;
import com.google.gson.JsonArray;
import io.catalogconnect.localbigquery.job.RowSnapshot;
import java.util.List;

/**
 * The rows of one stream: a range of the rows of its session.
 *
 * @param from the first row
 * @param to the row after the last one
 */
record StreamRows(RowSnapshot rows, FieldSelection selection, RowEncoder encoder, long from, long to) {

    private static final int BATCH_ROWS = 10_000;
    private static final int BATCH_BYTES = 1 << 20;

    long count() {
        return to - from;
    }

    /**
     * The next response.
     *
     * @param offset the first row of the response, relative to the stream
     * @param first whether this is the first response of a call, which has the schema
     */
    ReadRowsResponse batch(long offset, boolean first) {
        List<JsonArray> batch = rows.page(from + offset, Math.min(BATCH_ROWS, count() - offset), BATCH_BYTES).stream()
                .map(selection::row)
                .toList();
        long end = offset + batch.size();
        ReadRowsResponse.Builder response = ReadRowsResponse.newBuilder()
                .setRowCount(batch.size())
                .setStats(StreamStats.newBuilder()
                        .setProgress(StreamStats.Progress.newBuilder()
                                .setAtResponseStart((double) offset / count())
                                .setAtResponseEnd((double) end / count())));
        encoder.encode(batch, response);
        if (first) {
            encoder.describe(response);
        }
        return response.build();
    }
}
