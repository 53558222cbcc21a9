package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A page of rows and the data needed to format them.
 *
 * @param schema the columns of the rows
 * @param rows the rows, in the form that {@code RestRows} of the REST package reads
 * @param start the position of the first row
 * @param total the total number of rows
 */
public record RowPage(List<TableFieldSchema> schema, List<JsonArray> rows, long start, long total) {

    /**
     * The page with some of the columns, in the order of the schema.
     *
     * @param names names of columns; fields of a STRUCT are not supported
     */
    public RowPage select(List<String> names) {
        for (String name : names) {
            if (schema.stream().noneMatch(field -> field.getName().equalsIgnoreCase(name))) {
                throw ServiceError.invalid("Unsupported: selectedFields with " + name + ", which is not a column");
            }
        }
        List<Integer> kept = IntStream.range(0, schema.size())
                .filter(i -> names.stream().anyMatch(schema.get(i).getName()::equalsIgnoreCase))
                .boxed()
                .toList();
        List<JsonArray> selected = new ArrayList<>();
        for (JsonArray row : rows) {
            JsonArray cells = new JsonArray();
            kept.forEach(i -> cells.add(row.get(i)));
            selected.add(cells);
        }
        return new RowPage(kept.stream().map(schema::get).toList(), selected, start, total);
    }

    /** The position after this page, or -1 if this is the last page. */
    public long next() {
        long end = start + rows.size();
        return end < total ? end : -1;
    }
}
