package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.ddl.DdlTranslator;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Script;
import io.catalogconnect.localbigquery.sql.syntax.ScriptParser;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.Statement;
import io.catalogconnect.localbigquery.sql.syntax.StatementParser;
import io.catalogconnect.localbigquery.sql.translation.DmlTranslator;
import io.catalogconnect.localbigquery.sql.translation.SelectPlanner;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.translation.TranslationContext;

/** Translates statements. The entry point of this package. Stateless and thread-safe. */
public final class GoogleSql {

    private GoogleSql() {}

    /**
     * Plans one statement.
     *
     * @param sql GoogleSQL
     * @param environment catalog, defaults, parameters
     * @return what to run
     * @throws SqlError when BigQuery would refuse the statement, or when it is outside the subset
     * @throws io.catalogconnect.localbigquery.store.StoreException when a table or dataset is missing
     */
    public static StatementPlan plan(String sql, StatementEnvironment environment) {
        try {
            return translate(StatementParser.parse(sql), sql, environment);
        } catch (StackOverflowError e) {
            throw SqlError.tooComplex();
        }
    }

    /**
     * Parses the text of a query job.
     *
     * @throws SqlError when it has a syntax error, or a statement outside the subset
     */
    public static Script parse(String sql) {
        try {
            return ScriptParser.parse(sql);
        } catch (StackOverflowError e) {
            throw SqlError.tooComplex();
        }
    }

    /**
     * Plans a parsed statement.
     *
     * @param sql the text with the statement, for positions in errors
     */
    public static StatementPlan plan(Statement statement, String sql, StatementEnvironment environment) {
        try {
            return translate(statement, sql, environment);
        } catch (StackOverflowError e) {
            throw SqlError.tooComplex();
        }
    }

    private static StatementPlan translate(Statement statement, String sql, StatementEnvironment environment) {
        TranslationContext context = new TranslationContext(environment, sql);
        if (statement instanceof Statement.Select select) {
            return SelectPlanner.plan(select.query(), context);
        }
        if (statement instanceof Statement.Insert
                || statement instanceof Statement.Update
                || statement instanceof Statement.Delete
                || statement instanceof Statement.Truncate
                || statement instanceof Statement.Merge) {
            return new DmlTranslator(context).plan(statement);
        }
        return new DdlTranslator(context).plan(statement);
    }
}
