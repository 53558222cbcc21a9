package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shared state of one translation: the environment, the text of the statement for positions, generated names, and the tables read so far. */
public final class TranslationContext {

    private final StatementEnvironment environment;
    private final String sql;
    private final List<TableRead> scans;
    private final int viewDepth;
    private final int[] names;
    private final Map<String, CommonTable> commonTables = new LinkedHashMap<>();

    /**
     * A WITH entry.
     *
     * @param duckName the name in DuckDB
     * @param value whether its rows are values, not records
     * @param iteration index of the column with the iteration number of a recursive table, or -1
     */
    record CommonTable(String duckName, List<ResultColumn> columns, boolean value, int iteration) {
        CommonTable(String duckName, List<ResultColumn> columns, boolean value) {
            this(duckName, columns, value, -1);
        }
    }

    public TranslationContext(StatementEnvironment environment, String sql) {
        this(environment, sql, new ArrayList<>(), 0, new int[1]);
    }

    private TranslationContext(
            StatementEnvironment environment, String sql, List<TableRead> scans, int viewDepth, int[] names) {
        this.environment = environment;
        this.sql = sql;
        this.scans = scans;
        this.viewDepth = viewDepth;
        this.names = names;
    }

    /** The context for the query of a view: with its own defaults, without parameters and without outer WITH entries. */
    TranslationContext forView(String project, String viewSql) {
        if (viewDepth >= 16) {
            throw new SqlError("View is nested too deeply: at most 16 levels of views are allowed");
        }
        return new TranslationContext(environment.forView(project), viewSql, scans, viewDepth + 1, names);
    }

    public StatementEnvironment environment() {
        return environment;
    }

    /** A name for a table that a statement reads without a name. */
    public String newAlias() {
        return freshName("t");
    }

    String freshName(String prefix) {
        return "_" + prefix + names[0]++;
    }

    public List<TableRead> scans() {
        return scans;
    }

    /** The visible WITH entries by lower-case name. A query adds its entries and removes them at its end. */
    Map<String, CommonTable> commonTables() {
        return commonTables;
    }

    SqlError error(String message, int at) {
        return SqlError.at(message, sql, at);
    }

    SqlError error(String message, Query.Table table) {
        return error(message, table.at());
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
