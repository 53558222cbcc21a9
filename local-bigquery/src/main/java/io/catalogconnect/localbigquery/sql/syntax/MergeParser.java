package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Statement.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The MERGE statement. */
final class MergeParser {

    private final Tokens tokens;
    private final QueryParser queries;
    private final ExpressionParser expressions;
    private final Supplier<List<Assignment>> assignments;

    MergeParser(Tokens tokens, QueryParser queries, Supplier<List<Assignment>> assignments) {
        this.tokens = tokens;
        this.queries = queries;
        this.expressions = queries.expressions();
        this.assignments = assignments;
    }

    Statement merge() {
        tokens.expect("MERGE");
        tokens.accept("INTO");
        Query.Table table = queries.from().table();
        String alias = queries.alias();
        Query.Table target = alias == null ? table : new Query.Table(table.path(), alias, table.at());
        tokens.expect("USING");
        Query.From source = queries.from().source();
        tokens.expect("ON");
        Expr on = expressions.expression();
        List<Statement.MergeClause> clauses = new ArrayList<>();
        while (tokens.accept("WHEN")) {
            clauses.add(clause());
        }
        if (clauses.isEmpty()) {
            throw tokens.unexpected();
        }
        return new Statement.Merge(target, source, on, List.copyOf(clauses));
    }

    private Statement.MergeClause clause() {
        String match = match();
        Expr condition = tokens.accept("AND") ? expressions.expression() : null;
        tokens.expect("THEN");
        if (match.startsWith("NOT MATCHED BY TARGET")) {
            tokens.expect("INSERT");
            return insert(match, condition);
        }
        if (tokens.accept("DELETE")) {
            return new Statement.MergeClause(match, condition, "DELETE", List.of(), List.of(), List.of(), false);
        }
        tokens.expect("UPDATE", "SET");
        return new Statement.MergeClause(match, condition, "UPDATE", assignments.get(), List.of(), List.of(), false);
    }

    private String match() {
        if (tokens.accept("MATCHED")) {
            return "MATCHED";
        }
        tokens.expect("NOT", "MATCHED");
        if (tokens.accept("BY", "SOURCE")) {
            return "NOT MATCHED BY SOURCE";
        }
        tokens.accept("BY", "TARGET");
        return "NOT MATCHED BY TARGET";
    }

    private Statement.MergeClause insert(String match, @Nullable Expr condition) {
        List<String> columns = tokens.at("(") ? tokens.parenthesized(tokens::identifier) : List.of();
        if (tokens.accept("ROW")) {
            return new Statement.MergeClause(match, condition, "INSERT", List.of(), columns, List.of(), true);
        }
        tokens.expect("VALUES");
        List<Expr> values = tokens.parenthesized(expressions::expression);
        return new Statement.MergeClause(match, condition, "INSERT", List.of(), columns, values, false);
    }
}
