package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.object.KeyGroups;
import io.catalogconnect.s3csv.object.ObjectKeyPattern;
import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.s3csv.record.RowPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Format of the objects, and the items that are made of them. Immutable.
 *
 * @param header true if the first record contains the column names
 * @param columns the declared columns; empty if every column of the header is a nullable string
 * @param recordName name of the schema of the values
 * @param fileDateColumn name of the field with the file's date; null for none
 * @param keyGroups the parts of keys that become headers
 * @param events true if events are items
 * @param endMarkers true if an object ends with an end marker
 * @param showsCells true if messages contain the texts of malformed cells
 * @param maxRequestBytes size of the largest request that the producer sends
 */
public record ObjectFormat(
        CsvDialect dialect,
        boolean header,
        List<Column> columns,
        String recordName,
        @Nullable String fileDateColumn,
        ObjectKeyPattern keyPattern,
        RowPolicy rowPolicy,
        MalformedRowPolicy malformedRowPolicy,
        KeyGroups keyGroups,
        boolean events,
        boolean endMarkers,
        boolean showsCells,
        long maxRequestBytes) {

    /** Room for the names of the fields, the headers and the protocol in a request with one row. */
    private static final long OVERHEAD = 4096;

    public ObjectFormat {
        columns = List.copyOf(columns);
        if (columns.isEmpty() && !header) {
            throw new IllegalArgumentException("Files without a header need declared columns");
        }
    }

    /** Size of the largest row of an object that the producer can send. A converter may need more room than this leaves. */
    long maxRowBytes(String key) {
        return Math.max(maxRequestBytes / 2, maxRequestBytes - OVERHEAD - 4L * key.length());
    }
}
