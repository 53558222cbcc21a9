package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.record.RowSchema;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the rows of a task's objects. Objects with the same columns share one instance: a converter looks up the schema of
 * every record in a cache, and compares two instances of a schema column by column. The schemas of the headers used last are kept,
 * so that objects with different headers may alternate. For one thread.
 */
final class RowSchemas {

    private static final int MAX_SCHEMAS = 16;

    /** Number of columns of all schemas together: a header may have hundreds of thousands. */
    private static final int MAX_COLUMNS = 10_000;

    private final ObjectFormat format;

    /** By the columns' names, the schema; the one used last is the last. The names are empty for declared columns. */
    private final Map<List<String>, RowSchema> schemas = new LinkedHashMap<>(MAX_SCHEMAS, 0.75f, true);

    private int columns;

    /** Builds no schema yet. */
    RowSchemas(ObjectFormat format) {
        this.format = format;
    }

    /**
     * The schema of an object's rows.
     *
     * @param header the column names in the object; null if it has no header
     * @throws IllegalArgumentException if two fields have the same name
     */
    RowSchema of(@Nullable List<String> header) {
        List<String> names = format.columns().isEmpty() && header != null ? header : List.of();
        RowSchema known = schemas.get(names);
        if (known == null) {
            known = names.isEmpty()
                    ? RowSchema.of(format.recordName(), format.columns(), format.fileDateColumn())
                    : RowSchema.ofStrings(format.recordName(), names, format.fileDateColumn());
            makeRoomFor(names.size());
            schemas.put(List.copyOf(names), known);
            columns += names.size();
        }
        return known;
    }

    private void makeRoomFor(int more) {
        Iterator<List<String>> oldest = schemas.keySet().iterator();
        while (oldest.hasNext() && (schemas.size() >= MAX_SCHEMAS || columns + more > MAX_COLUMNS)) {
            columns -= oldest.next().size();
            oldest.remove();
        }
    }
}
