package io.catalogconnect.catalogctl.live;

import io.catalogconnect.contract.render.TableGrant;
import io.catalogconnect.contract.render.TableSpec;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables of a dataset. Every method throws {@link LiveException} if BigQuery refuses or does not answer. */
public interface Tables {
    /** Creates the dataset if it does not exist. */
    void createDataset();

    /** A table as it is, with all its labels; empty if it does not exist. */
    Optional<TableSpec> find(String name);

    /**
     * The sizes of those tables that exist, by name; empty if the dataset does not exist.
     *
     * @param timestampColumn column with the time of the Kafka record
     */
    Optional<Map<String, TableSize>> sizes(Collection<TableSpec> tables, String timestampColumn);

    /** Creates a table if it does not exist. */
    void create(TableSpec table);

    /**
     * Changes an existing table: adds columns, makes required columns nullable, and sets the other attributes. Removes no column,
     * label or policy tag, and makes no column required.
     */
    void update(TableSpec table);

    /** Why the account of the caller cannot run jobs; empty if it can. */
    Optional<String> jobRefusal();

    /** Those of some permissions that the account of the caller has on a table. */
    List<String> granted(String table, List<String> permissions);

    /** The roles of members on a table; none if it does not exist. */
    Set<TableGrant> grants(String table);

    /** Gives a member a role on a table. All other access to the table is kept. */
    void grant(TableGrant grant);

    /** Takes a role on a table from a member. All other access to the table is kept. */
    void revoke(TableGrant grant);

    /** Deletes a table with its rows, if it exists. */
    void delete(String name);

    /**
     * Removes what the sink has recorded about a deleted table, so that it writes the same records to a new table of that name.
     *
     * @param histories the deleted tables to which the sink has appended the rows of the table
     * @param sink configuration of the sink
     */
    void forgetWrites(String table, Set<String> histories, Map<String, String> sink);

    /** The name of a table in a statement, with its project and dataset. */
    String sqlName(String table);

    /**
     * The number in the only row of a query; empty for NULL. A statement that is not a SELECT is not run. Names of tables without
     * a dataset are those of the dataset.
     *
     * @param maxBytes bytes that the query may read; a query that would read more is not run
     */
    Optional<BigDecimal> measure(String query, long maxBytes);

    /**
     * The first rows of a query. A statement that is not a SELECT is not run. Names of tables without a dataset are those of the
     * dataset.
     *
     * @param maxBytes bytes that the query may read; a query that would read more is not run
     */
    ResultRows select(String query, long maxBytes, int maxRows);

    /** The numbers of rows of the newest partitions, by partition ID, the newest first. */
    Map<String, Long> partitions(String table, int most);

    /** Some rows of a table, read without a query. */
    ResultRows preview(String table, int maxRows);
}
