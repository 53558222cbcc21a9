package io.catalogconnect.localbigquery.sql.plan;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.sql.syntax.Statement.Existing;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plan of a statement, which is run in one transaction. */
public sealed interface StatementPlan {

    /** The name jobs give the statement: SELECT, INSERT, CREATE_TABLE_AS_SELECT, ... */
    String statementType();

    /**
     * A query.
     *
     * @param sql DuckDB's SQL; its columns are in the order of {@code columns}
     * @param columns the result's columns
     * @param scans the tables it reads
     */
    record Select(String sql, List<ResultColumn> columns, List<TableRead> scans) implements StatementPlan {
        @Override
        public String statementType() {
            return "SELECT";
        }
    }

    /**
     * A condition that must hold before a statement runs.
     *
     * @param sql yields one row with one BOOL, true when something is wrong
     * @param message what the service says then
     */
    record Check(String sql, String message) {}

    /**
     * INSERT, UPDATE, DELETE, MERGE, TRUNCATE.
     *
     * @param target the table it changes
     * @param checks what must hold in the same transaction before
     * @param sql DuckDB's statement; a MERGE returns the action of each changed row
     */
    record Dml(String statementType, StoredTable target, List<Check> checks, String sql, List<TableRead> scans)
            implements StatementPlan {}

    /**
     * CREATE TABLE, with the rows of a query when there is one, whose columns are the table's in order.
     *
     * @param expiration the time when the table expires, as DuckDB's SQL in milliseconds since 1970; null if the statement does not set it
     */
    record CreateTable(
            Table table,
            Existing existing,
            @Nullable Select query,
            @Nullable String expiration) implements StatementPlan {
        @Override
        public String statementType() {
            return query == null ? "CREATE_TABLE" : "CREATE_TABLE_AS_SELECT";
        }
    }

    record CreateView(
            Table view, Existing existing, @Nullable String expiration) implements StatementPlan {
        @Override
        public String statementType() {
            return "CREATE_VIEW";
        }
    }

    record CreateSchema(Dataset dataset, Existing existing) implements StatementPlan {
        @Override
        public String statementType() {
            return "CREATE_SCHEMA";
        }
    }

    /** DROP TABLE or DROP VIEW. */
    record DropTable(String statementType, TableRef table, boolean ifExists) implements StatementPlan {}

    record DropSchema(DatasetRef dataset, boolean ifExists, boolean cascade) implements StatementPlan {
        @Override
        public String statementType() {
            return "DROP_SCHEMA";
        }
    }

    /** ALTER TABLE ... DROP COLUMN, of columns that are there. */
    record DropColumns(TableRef table, List<String> columns) implements StatementPlan {
        @Override
        public String statementType() {
            return "ALTER_TABLE";
        }
    }

    /** ALTER TABLE ... ALTER COLUMN ... SET DATA TYPE, of columns that are there, to wider types. */
    record ChangeTypes(TableRef table, List<TableFieldSchema> columns) implements StatementPlan {
        @Override
        public String statementType() {
            return "ALTER_TABLE";
        }
    }

    /** ALTER TABLE ... RENAME TO. */
    record RenameTable(TableRef table, TableRef to) implements StatementPlan {
        @Override
        public String statementType() {
            return "ALTER_TABLE";
        }
    }

    /** ALTER TABLE ... RENAME COLUMN, of columns that are there. */
    record RenameColumns(TableRef table, List<Renamed> columns) implements StatementPlan {
        @Override
        public String statementType() {
            return "ALTER_TABLE";
        }
    }

    /** The old and the new name of a column. */
    record Renamed(String from, String to) {}

    /** ALTER TABLE: the whole resource after the change. */
    record AlterTable(Table table, @Nullable String expiration) implements StatementPlan {
        @Override
        public String statementType() {
            return "ALTER_TABLE";
        }
    }
}
