package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import java.util.List;

/**
 * Some rows with what is needed to show them.
 *
 * @param schema the columns
 * @param rows the rows as {@code RestRows} of the REST package turns them into cells
 * @param start position of the first row
 * @param total rows there are
 */
public record RowPage(List<TableFieldSchema> schema, List<JsonArray> rows, long start, long total) {

    /** The position behind this page, or -1 when it is the last. */
    public long next() {
        long end = start + rows.size();
        return end < total ? end : -1;
    }
}
