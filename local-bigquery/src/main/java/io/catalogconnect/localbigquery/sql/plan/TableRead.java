package io.catalogconnect.localbigquery.sql.plan;

import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One reading of a table by a statement: which columns it needs and what it asks of the partitioning column. Filled while the statement is translated. */
public final class TableRead {

    private final StoredTable table;
    private final String alias;
    private final Set<String> columns = new LinkedHashSet<>();
    private final List<String> partitionFilters = new ArrayList<>();

    public TableRead(StoredTable table, String alias) {
        this.table = table;
        this.alias = alias;
    }

    /** The table that is read. */
    public StoredTable table() {
        return table;
    }

    /** The name of this reading in {@link #partitionFilters()}. */
    public String alias() {
        return alias;
    }

    /** The columns that are used, lower case. */
    public Set<String> columns() {
        return columns;
    }

    /** Conditions in DuckDB's SQL over the partitioning column and constants alone, all of which hold for every row that is used. */
    public List<String> partitionFilters() {
        return partitionFilters;
    }

    /** DuckDB's SQL of the bytes of the used columns in the partitions in which some row meets {@link #partitionFilters()}. */
    public String bytesSql() {
        String from = " FROM " + table.sqlName() + " AS " + Sql.quote(alias);
        String sum = "SELECT CAST(coalesce(sum(" + TableBytes.columns(table, columns) + "), 0) AS BIGINT)" + from;
        String id = table.partitioning().sqlId().orElse("");
        return partitionFilters.isEmpty() || id.isEmpty()
                ? sum
                : sum + " WHERE (" + id + ") IN (SELECT DISTINCT " + id + from + " WHERE "
                        + String.join(" AND ", partitionFilters) + ")";
    }

    public void use(String column) {
        columns.add(column.toLowerCase(Locale.ROOT));
    }

    public void filter(String sql) {
        partitionFilters.add(sql);
    }
}
