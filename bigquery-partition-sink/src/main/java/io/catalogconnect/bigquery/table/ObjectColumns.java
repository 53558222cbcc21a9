package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Locale;

/** Columns of a history besides those of the published table: the S3 object of each row. */
public final class ObjectColumns {

    public static final String BUCKET = "_object_bucket";
    public static final String KEY = "_object_key";
    public static final String ETAG = "_object_etag";
    public static final String MODIFIED = "_object_modified";
    public static final String ROW = "_object_row";
    public static final String DATE = "_object_date";

    private static final List<String> ALL = List.of(BUCKET, KEY, ETAG, MODIFIED, ROW, DATE);

    private ObjectColumns() {}

    /** The columns of the published table: a history's columns without the object columns, none of them required. */
    public static List<Column> shown(List<Column> history) {
        return history.stream()
                .filter(column -> !ALL.contains(column.name().toLowerCase(Locale.ROOT)))
                .map(column -> column.mode() == Column.Mode.REQUIRED ? column.withMode(Column.Mode.NULLABLE) : column)
                .toList();
    }
}
