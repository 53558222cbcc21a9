package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import java.util.List;

/**
 * A page of rows and the data needed to format them.
 *
 * @param schema the columns of the rows
 * @param rows the rows, in the form that {@code RestRows} of the REST package reads
 * @param start the position of the first row
 * @param total the total number of rows
 */
public record RowPage(List<TableFieldSchema> schema, List<JsonArray> rows, long start, long total) {

    /** The position after this page, or -1 if this is the last page. */
    public long next() {
        long end = start + rows.size();
        return end < total ? end : -1;
    }
}
