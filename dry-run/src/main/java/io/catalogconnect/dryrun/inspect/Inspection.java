package io.catalogconnect.dryrun.inspect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the source makes of a file. Texts from the file are escaped and shortened, apart from those in the configuration.
 *
 * @param dialect keys of the source and the values that the file needs, defaults included
 * @param date null if the key contains no date
 * @param rows number of rows, malformed rows included
 * @param malformed the first malformed rows: position and reason
 * @param firstRows the first rows that are not malformed
 * @param hints what a user should know, as sentences
 * @param connector a connector as Connect's REST API accepts it
 */
public record Inspection(
        FileFacts file,
        Map<String, String> dialect,
        @Nullable KeyDate date,
        long rows,
        long malformedRows,
        List<String> malformed,
        List<ColumnFacts> columns,
        List<List<@Nullable String>> firstRows,
        List<String> hints,
        Connector connector) {

    /**
     * The file.
     *
     * @param size in bytes, as stored
     * @param compression none, gzip or zstd
     * @param lineEnd LF, CRLF or CR
     */
    public record FileFacts(
            String name, long size, String compression, String charset, boolean byteOrderMark, String lineEnd) {}

    /**
     * A column.
     *
     * @param type as in the key {@code columns}
     * @param nulls number of null cells
     * @param malformed number of cells that are not of the type
     * @param example the first value; null for none
     */
    public record ColumnFacts(
            String name,
            String type,
            long nulls,
            long malformed,
            @Nullable MalformedCell firstMalformed,
            @Nullable String example) {}

    /** A connector. */
    public record Connector(String name, Map<String, String> config) {}
}
