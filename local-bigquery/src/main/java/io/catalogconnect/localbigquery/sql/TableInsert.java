package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.ColumnValues;
import io.catalogconnect.localbigquery.sql.translation.QueryTranslator;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts the rows of a query into a table by column name, with the checks of DML. */
public final class TableInsert {

    private TableInsert() {}

    /**
     * DuckDB's INSERT.
     *
     * @param table the destination
     * @param columns the query's columns
     * @param sql the query
     * @param partitionTime value of {@code _PARTITIONTIME} in an ingestion-time partitioned table; otherwise ignored
     * @return the statement
     */
    public static String rows(
            StoredTable table, List<ResultColumn> columns, String sql, @Nullable Instant partitionTime) {
        List<String> values = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> aliases = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            aliases.add(QueryTranslator.column(i));
            ResultColumn from = columns.get(i);
            Column column = table.column(from.name())
                    .orElseThrow(() -> new SqlError("Provided Schema does not match Table " + table.ref()
                            + ". Cannot add fields (field: " + from.name() + ")"));
            names.add(Sql.quote(column.name()));
            values.add(
                    ColumnValues.checkedBy(column, new TypedSql("\"_s\"." + QueryTranslator.column(i), from.type())));
        }
        for (Column column : table.columns()) {
            boolean given = names.contains(Sql.quote(column.name()));
            if (!given && column.required()) {
                throw new SqlError("Required field " + column.name() + " cannot be null");
            }
            if (!given && column.repeated()) {
                names.add(Sql.quote(column.name()));
                values.add("[]");
            }
        }
        if (partitionTime != null && table.partitioning().byIngestionTime()) {
            names.add("\"_PARTITIONTIME\"");
            values.add("TIMESTAMPTZ '" + partitionTime + "'");
        }
        return "INSERT INTO " + table.sqlName() + " (" + String.join(", ", names) + ") SELECT "
                + String.join(", ", values) + " FROM (" + sql + ") AS \"_s\"(" + String.join(", ", aliases) + ")";
    }
}
