package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import java.util.List;

/** Rows that do not change while they are read. Thread-safe. */
public final class RowSnapshot implements AutoCloseable {

    private final List<TableFieldSchema> schema;
    private final ResultRows rows;
    private final boolean owned;

    /** @param owned whether closing the snapshot removes the rows */
    RowSnapshot(List<TableFieldSchema> schema, ResultRows rows, boolean owned) {
        this.schema = List.copyOf(schema);
        this.rows = rows;
        this.owned = owned;
    }

    /** The columns of the rows. */
    public List<TableFieldSchema> schema() {
        return schema;
    }

    public long count() {
        return rows.count();
    }

    /** Size of the stored rows in bytes. */
    public long size() {
        return rows.size();
    }

    /** Returns the rows from a position on, limited by a number of rows and by a number of bytes, but at least one row. */
    public List<JsonArray> page(long start, long maxRows, long maxBytes) {
        return rows.page(start, maxRows, maxBytes);
    }

    @Override
    public void close() {
        if (owned) {
            rows.close();
        }
    }
}
