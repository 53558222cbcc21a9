package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one write transaction of the moment. SQL through {@link #connection()}, metadata and rows through the methods here are committed
 * together. Resources that come in are copied; those that go out carry what the service fills in ({@code id}, {@code type}, {@code etag},
 * {@code creationTime}, {@code lastModifiedTime}, {@code location}, but no figures about rows).
 *
 * <p>Every method throws {@link StoreException} when BigQuery would refuse: the thing is missing or there already, a schema is not valid,
 * a schema change is not allowed.
 */
public interface WriteSession extends ReadSession {
    /** Adds a dataset; its reference names the project. */
    Dataset createDataset(Dataset dataset) throws SQLException;

    /** Puts new metadata in place of a dataset's, whole (a patch is merged by the caller). */
    Dataset updateDataset(Dataset dataset) throws SQLException;

    /** Removes a dataset, with its tables if told so, else only when it has none. */
    void dropDataset(DatasetRef dataset, boolean withTables) throws SQLException;

    /** Adds a table, or a view when the resource has a {@code view}. */
    StoredTable createTable(Table table) throws SQLException;

    /**
     * Puts new metadata in place of a table's, whole. The schema may gain nullable or repeated columns and fields, and REQUIRED may become
     * NULLABLE; everything else is refused. A resource without a schema keeps the table's.
     */
    StoredTable updateTable(Table table) throws SQLException;

    /** Removes a column and its values: only DDL may ask for this, the REST API refuses it. */
    StoredTable dropColumn(TableRef table, String column) throws SQLException;

    /**
     * Empties a table and gives it another schema and partitioning if the resource has them, as jobs with WRITE_TRUNCATE and CREATE OR
     * REPLACE TABLE do.
     */
    StoredTable replaceTable(Table table) throws SQLException;

    /** Removes a table or view and its rows. */
    void dropTable(TableRef table) throws SQLException;

    /**
     * Adds rows at the end of a table.
     *
     * @param rows one value for each of {@link StoredTable#columns()}, with the types of {@link FieldType}, already {@link Column#check
     *     checked}
     * @param partitionTime the {@code _PARTITIONTIME} of the rows of an ingestion-time partitioned table, now when null; other tables
     *     ignore it
     * @return how many
     */
    long append(StoredTable table, Iterable<@Nullable Object[]> rows, @Nullable Instant partitionTime)
            throws SQLException;

    /** As {@link #append(StoredTable, Iterable, Instant)}, at the time of now. */
    default long append(StoredTable table, Iterable<@Nullable Object[]> rows) throws SQLException {
        return append(table, rows, null);
    }

    /**
     * Keeps rows aside: durable, but not yet in the table. They follow the table's schema changes and go when it goes.
     *
     * @param holder names who may release them
     * @param offset of the first row, within the holder's
     */
    void hold(StoredTable table, String holder, long offset, Iterable<@Nullable Object[]> rows) throws SQLException;

    /**
     * Moves a holder's rows into the table, in order.
     *
     * @param end the offset before which rows are moved
     * @return how many
     */
    long release(StoredTable table, String holder, long end) throws SQLException;

    /** Forgets rows that a holder still keeps aside. */
    void discard(StoredTable table, String holder) throws SQLException;
}
