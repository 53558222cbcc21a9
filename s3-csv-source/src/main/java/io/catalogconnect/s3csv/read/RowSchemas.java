package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.record.RowSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of the rows of a task's objects. Objects with the same columns share one instance: a converter looks up the schema of
 * every record in a cache, and compares two instances of a schema column by column. For one thread.
 */
final class RowSchemas {

    private final ObjectFormat format;
    private @Nullable RowSchema last;
    private @Nullable List<String> lastNames;

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
        List<String> names = format.columns().isEmpty() ? header : null;
        RowSchema known = last;
        if (known == null || (names != null && !names.equals(lastNames))) {
            known = names == null
                    ? RowSchema.of(format.recordName(), format.columns(), format.fileDateColumn())
                    : RowSchema.ofStrings(format.recordName(), names, format.fileDateColumn());
            last = known;
            lastNames = names == null ? null : List.copyOf(names);
        }
        return known;
    }
}
