package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.object.KeyGroups;
import io.catalogconnect.s3csv.object.ObjectKeyPattern;
import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.s3csv.record.RowPolicy;
import io.catalogconnect.s3csv.record.RowSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in the objects and what is to become of it.
 *
 * @param header true when the first record names the columns
 * @param columns the declared ones; empty when the header's names become strings
 * @param recordName the name of the values' schema
 * @param fileDateColumn the field with the file's date; null for none
 * @param keyGroups the parts of keys that become headers
 * @param events true when starts and ends of objects are items as well
 * @param endMarkers true when an object ends with an item among its rows
 */
public record ObjectFormat(
        CsvDialect dialect,
        boolean header,
        List<Column> columns,
        String recordName,
        @Nullable String fileDateColumn,
        ObjectKeyPattern keyPattern,
        RowPolicy rowPolicy,
        BadRows badRows,
        KeyGroups keyGroups,
        boolean events,
        boolean endMarkers) {

    public ObjectFormat {
        columns = List.copyOf(columns);
        if (columns.isEmpty() && !header) {
            throw new IllegalArgumentException("Files without a header need declared columns");
        }
    }

    /** The schema of a file's rows. */
    RowSchema schemaFor(@Nullable List<String> names) {
        return columns.isEmpty() && names != null
                ? RowSchema.ofStrings(recordName, names, fileDateColumn)
                : RowSchema.of(recordName, columns, fileDateColumn);
    }
}
