package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The current write transaction. SQL through {@link #connection()} and changes of metadata and rows through these methods are committed
 * together. Resources passed in are copied. Returned resources have the fields that the service sets ({@code id}, {@code type},
 * {@code etag}, {@code creationTime}, {@code lastModifiedTime}, {@code location}, but no row counts or sizes).
 *
 * <p>Every method throws {@link StoreException} when BigQuery would refuse the change: the dataset or table is missing or exists already, a
 * schema is invalid, a schema change is not allowed.
 */
public interface WriteSession extends ReadSession {
    /** Rolls the transaction back when its work is done. */
    void rollBackAtEnd();

    /** Declares that this transaction changes or removes rows of these existing tables only. By default it may do so in any table. */
    void rewritesOnly(Set<TableRef> tables);

    /** Adds a dataset; its reference names the project. */
    Dataset createDataset(Dataset dataset) throws SQLException;

    /** Replaces the metadata of a dataset completely (the caller merges a patch). */
    Dataset updateDataset(Dataset dataset) throws SQLException;

    /** Removes a dataset. Refuses if it has tables, unless its contents must be removed too. */
    void dropDataset(DatasetRef dataset, boolean withTables) throws SQLException;

    /** Adds a table, or a view if the resource has a {@code view}. */
    StoredTable createTable(Table table) throws SQLException;

    /**
     * Replaces the metadata of a table completely. Allowed changes of the schema: new NULLABLE or REPEATED columns and fields, and REQUIRED
     * to NULLABLE. Everything else is refused. If the resource has no schema, the table keeps its schema.
     */
    StoredTable updateTable(Table table) throws SQLException;

    /** Removes a column and its values. Only DDL does this; the REST API refuses it. */
    StoredTable dropColumn(TableRef table, String column) throws SQLException;

    /** Gives a table another name in its dataset. Write streams of the old name end. */
    StoredTable renameTable(TableRef table, TableRef to) throws SQLException;

    /** Gives a column another name. */
    StoredTable renameColumn(TableRef table, String column, String to) throws SQLException;

    /**
     * Changes the type of a column, and converts its values.
     *
     * @param column the column's name and new type
     */
    StoredTable changeType(TableRef table, TableFieldSchema column) throws SQLException;

    /**
     * Empties a table and replaces its schema and partitioning if the resource has them, for jobs with WRITE_TRUNCATE and for CREATE OR
     * REPLACE TABLE.
     */
    StoredTable replaceTable(Table table) throws SQLException;

    /** Removes a table or view and its rows. */
    void dropTable(TableRef table) throws SQLException;

    /**
     * Appends rows to a table.
     *
     * @param rows one value for each of {@link StoredTable#columns()}, with the types of {@link FieldType}, already
     *     {@link Column#check checked}
     * @param partitionTime the {@code _PARTITIONTIME} of the rows in an ingestion-time partitioned table; null for the current time; other
     *     tables ignore it
     * @return the number of rows
     */
    long append(StoredTable table, Iterable<@Nullable Object[]> rows, @Nullable Instant partitionTime)
            throws SQLException;

    /** Like {@link #append(StoredTable, Iterable, Instant)}, with the current time. */
    default long append(StoredTable table, Iterable<@Nullable Object[]> rows) throws SQLException {
        return append(table, rows, null);
    }

    /**
     * Stores changes of rows by primary key. They are applied before the table is read next.
     *
     * @param rows as for {@link #append}
     * @param changes the change of each row
     */
    void change(
            StoredTable table, List<@Nullable Object[]> rows, List<RowChange> changes, @Nullable Instant partitionTime)
            throws SQLException;

    /** Returns whether rows of a table were changed by primary key since it was created or replaced. */
    boolean hadChanges(StoredTable table) throws SQLException;

    /**
     * Stores rows durably but invisibly. They follow the schema changes of the table and are removed with it.
     *
     * @param holder the key by which the rows are released
     * @param offset the offset of the first row within the rows of the holder
     */
    void hold(StoredTable table, String holder, long offset, Iterable<@Nullable Object[]> rows) throws SQLException;

    /**
     * Moves the rows of a holder into the table, in order.
     *
     * @param end rows with a lower offset are moved
     * @return the number of rows
     */
    long release(StoredTable table, String holder, long end) throws SQLException;

    /** Removes the invisible rows of a holder. */
    void discard(StoredTable table, String holder) throws SQLException;
}
