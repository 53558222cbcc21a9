package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Statement.Assignment;
import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses one GoogleSQL statement. {@link ScriptParser} parses texts that may have several. */
public final class StatementParser {

    private static final Set<String> OTHER_STATEMENTS = Set.of(
            ("ASSERT BEGIN BREAK CALL CASE COMMIT CONTINUE DECLARE EXECUTE EXPLAIN EXPORT FOR GRANT IF ITERATE LEAVE LOAD LOOP RAISE"
                            + " RENAME REPEAT RETURN REVOKE ROLLBACK SET UNDROP WHILE")
                    .split(" ", -1));

    private final Tokens tokens;
    private final QueryParser queries;
    private final ExpressionParser expressions;

    StatementParser(Tokens tokens) {
        this.tokens = tokens;
        this.queries = new QueryParser(tokens);
        this.expressions = queries.expressions();
    }

    /**
     * Parses a statement, which may end with a semicolon.
     *
     * @param sql the text
     * @return the syntax tree
     * @throws SqlError when it is not one statement of the subset
     */
    public static Statement parse(String sql) {
        StatementParser parser = new StatementParser(new Tokens(sql));
        Statement statement = parser.statement();
        parser.end();
        return statement;
    }

    /**
     * Parses a single expression, for example the default of a column.
     *
     * @param sql the text
     * @return the syntax tree
     */
    public static Expr parseExpression(String sql) {
        StatementParser parser = new StatementParser(new Tokens(sql));
        Expr expression = parser.expressions.expression();
        parser.end();
        return expression;
    }

    ExpressionParser expressions() {
        return expressions;
    }

    /** Requires the end of the text, before which there may be a semicolon. */
    void end() {
        if (tokens.accept(";") && tokens.peek().kind() != Kind.END) {
            throw tokens.unsupported("a script of several statements");
        }
        if (tokens.peek().kind() != Kind.END) {
            throw tokens.error("Syntax error: Expected end of input but got "
                    + tokens.peek().describe());
        }
    }

    Statement statement() {
        Token first = tokens.peek();
        if (first.is("SELECT") || first.is("WITH") || first.is("(")) {
            return new Statement.Select(queries.query());
        }
        switch (first.upper()) {
            case "INSERT" -> {
                return insert();
            }
            case "UPDATE" -> {
                return update();
            }
            case "DELETE" -> {
                return delete();
            }
            case "TRUNCATE" -> {
                tokens.take();
                tokens.expect("TABLE");
                return new Statement.Truncate(table());
            }
            case "MERGE" -> {
                return new MergeParser(tokens, queries, this::assignments).merge();
            }
            case "CREATE", "DROP", "ALTER" -> {
                return new DdlParser(tokens, queries).statement();
            }
            case "" -> {
                throw tokens.unexpected();
            }
            default -> {
                if (OTHER_STATEMENTS.contains(first.upper())) {
                    throw tokens.unsupported("the statement " + first.upper());
                }
                throw tokens.unexpected();
            }
        }
    }

    private Query.Table table() {
        return queries.from().table();
    }

    private Query.Table tableWithAlias() {
        Query.Table table = table();
        String alias = queries.alias();
        return alias == null ? table : new Query.Table(table.path(), alias, table.at());
    }

    private Statement insert() {
        tokens.expect("INSERT");
        tokens.accept("INTO");
        Query.Table table = table();
        List<String> columns = tokens.at("(")
                        && !tokens.peek(1).is("SELECT")
                        && !tokens.peek(1).is("WITH")
                ? tokens.parenthesized(tokens::identifier)
                : List.of();
        if (tokens.accept("VALUES")) {
            List<List<Expr>> rows = tokens.list(() -> tokens.parenthesized(expressions::expression));
            return new Statement.Insert(table, columns, rows, null);
        }
        return new Statement.Insert(table, columns, List.of(), queries.query());
    }

    private Statement update() {
        tokens.expect("UPDATE");
        Query.Table table = tableWithAlias();
        tokens.expect("SET");
        List<Assignment> assignments = assignments();
        Query.From from = tokens.accept("FROM") ? queries.from().from() : null;
        return new Statement.Update(table, assignments, from, where("UPDATE"));
    }

    private List<Assignment> assignments() {
        return tokens.list(this::assignment);
    }

    private Assignment assignment() {
        List<String> path = new ArrayList<>();
        path.add(tokens.identifier());
        while (tokens.accept(".")) {
            path.add(tokens.nameAfterDot());
        }
        tokens.expect("=");
        return new Assignment(List.copyOf(path), expressions.expression());
    }

    private Statement delete() {
        tokens.expect("DELETE");
        tokens.accept("FROM");
        Query.Table table = tableWithAlias();
        return new Statement.Delete(table, where("DELETE"));
    }

    private Expr where(String statement) {
        @Nullable Expr where = tokens.accept("WHERE") ? expressions.expression() : null;
        if (where == null) {
            throw new SqlError(statement + " must have a WHERE clause");
        }
        return where;
    }
}
