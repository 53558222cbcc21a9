package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Statement.ColumnDefinition;
import io.catalogconnect.localbigquery.sql.syntax.Statement.Existing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Parses CREATE, DROP and ALTER of schemas, tables and views. */
final class DdlParser {

    private final Tokens tokens;
    private final QueryParser queries;
    private final ExpressionParser expressions;

    DdlParser(Tokens tokens, QueryParser queries) {
        this.tokens = tokens;
        this.queries = queries;
        this.expressions = queries.expressions();
    }

    Statement statement() {
        if (tokens.accept("CREATE")) {
            return create();
        }
        return tokens.accept("DROP") ? drop() : alter();
    }

    private Statement create() {
        boolean replace = tokens.accept("OR", "REPLACE");
        boolean temporary = tokens.accept("TEMP") || tokens.accept("TEMPORARY");
        if (tokens.accept("TABLE")) {
            return createTable(replace, temporary);
        }
        if (temporary) {
            throw tokens.unsupported("CREATE TEMP " + tokens.peek().upper());
        }
        if (tokens.accept("VIEW")) {
            return createView(replace);
        }
        if (!replace && tokens.accept("SCHEMA")) {
            Existing existing = existing(false);
            Query.Table name = table();
            return new Statement.CreateSchema(name, existing, options());
        }
        throw tokens.unsupported("CREATE " + tokens.peek().upper());
    }

    private Query.Table table() {
        return queries.from().table();
    }

    private Existing existing(boolean replace) {
        boolean keep = tokens.accept("IF", "NOT", "EXISTS");
        if (keep && replace) {
            throw tokens.error("Syntax error: CREATE OR REPLACE cannot be combined with IF NOT EXISTS");
        }
        return replace ? Existing.REPLACE : keep ? Existing.KEEP : Existing.FAIL;
    }

    private Statement createTable(boolean replace, boolean temporary) {
        Existing existing = existing(replace);
        Query.Table table = table();
        if (temporary && (tokens.at("LIKE") || tokens.at("COPY") || tokens.at("CLONE"))) {
            throw tokens.unsupported("CREATE TEMP TABLE ... " + tokens.peek().upper());
        }
        if (tokens.at("LIKE") || tokens.at("COPY") || tokens.at("CLONE")) {
            String kind = tokens.take().upper();
            return new Statement.CopyTable(table, existing, kind, table(), options());
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        List<String> primaryKey = new ArrayList<>();
        if (tokens.at("(")) {
            tokens.parenthesized(() -> {
                element(columns, primaryKey);
                return columns;
            });
        }
        Expr partition = null;
        if (tokens.accept("PARTITION")) {
            tokens.expect("BY");
            partition = expressions.expression();
        }
        List<String> cluster = List.of();
        if (tokens.accept("CLUSTER")) {
            tokens.expect("BY");
            cluster = tokens.identifiers();
        }
        Map<String, Expr> options = options();
        Query query = tokens.accept("AS") ? queries.query() : null;
        if (columns.isEmpty() && query == null) {
            throw tokens.unexpected();
        }
        return new Statement.CreateTable(
                table, temporary, existing, columns, primaryKey, partition, cluster, options, query);
    }

    private Statement.ColumnRename rename() {
        tokens.expect("RENAME", "COLUMN");
        String from = tokens.identifier();
        tokens.expect("TO");
        return new Statement.ColumnRename(from, tokens.identifier());
    }

    private Statement.ColumnChange columnChange() {
        tokens.expect("ALTER", "COLUMN");
        String name = tokens.identifier();
        if (tokens.accept("DROP", "NOT", "NULL")) {
            return new Statement.ColumnChange(name, true, false, null, Map.of());
        }
        if (tokens.accept("DROP", "DEFAULT")) {
            return new Statement.ColumnChange(name, false, true, null, Map.of());
        }
        if (tokens.accept("SET", "DEFAULT")) {
            return new Statement.ColumnChange(name, false, true, expressionText(), Map.of());
        }
        if (tokens.at("SET", "OPTIONS")) {
            tokens.expect("SET");
            return new Statement.ColumnChange(name, false, false, null, options());
        }
        throw tokens.unsupported("ALTER COLUMN ... " + tokens.peek().upper());
    }

    /** Parses an expression and returns its text. */
    private String expressionText() {
        int start = tokens.peek().start();
        expressions.bitOr();
        return tokens.sql().substring(start, tokens.peek().start()).strip();
    }

    private ColumnDefinition columnType() {
        tokens.expect("ALTER", "COLUMN");
        String name = tokens.identifier();
        if (!tokens.accept("SET", "DATA", "TYPE")) {
            throw tokens.unsupported("ALTER COLUMN ... " + tokens.peek().upper());
        }
        return new ColumnDefinition(name, expressions.primary().types().type(), false, null, Map.of());
    }

    /** A column or the primary key of a new table. */
    private void element(List<ColumnDefinition> columns, List<String> primaryKey) {
        if (tokens.at("PRIMARY", "KEY")) {
            setOnce(primaryKey, this::primaryKey);
            return;
        }
        columns.add(column(name -> setOnce(primaryKey, () -> List.of(name))));
    }

    private void setOnce(List<String> primaryKey, Supplier<List<String>> columns) {
        if (!primaryKey.isEmpty()) {
            throw tokens.error("Multiple PRIMARY KEY definitions were specified");
        }
        primaryKey.addAll(columns.get());
    }

    /** {@code PRIMARY KEY (a, b) NOT ENFORCED}. */
    private List<String> primaryKey() {
        tokens.expect("PRIMARY", "KEY");
        List<String> columns = tokens.parenthesized(tokens::identifier);
        notEnforced();
        return columns;
    }

    private void notEnforced() {
        if (!tokens.accept("NOT", "ENFORCED")) {
            throw tokens.unsupported("a PRIMARY KEY without NOT ENFORCED");
        }
    }

    private ColumnDefinition column() {
        return column(name -> {
            throw tokens.unsupported("PRIMARY KEY of a new column");
        });
    }

    /** @param whenKey receives the column's name if it is declared as the primary key */
    private ColumnDefinition column(Consumer<String> whenKey) {
        if (tokens.at("FOREIGN", "KEY") || tokens.at("CONSTRAINT")) {
            throw tokens.unsupported(tokens.peek().upper() + " in CREATE TABLE");
        }
        String name = tokens.identifier();
        TypeName type = expressions.primary().types().type();
        boolean required = tokens.accept("NOT", "NULL");
        String defaultSql = null;
        if (tokens.accept("DEFAULT")) {
            defaultSql = expressionText();
        }
        required |= tokens.accept("NOT", "NULL");
        if (tokens.accept("PRIMARY", "KEY")) {
            notEnforced();
            whenKey.accept(name);
        }
        return new ColumnDefinition(name, type, required, defaultSql, options());
    }

    private Map<String, Expr> options() {
        Map<String, Expr> options = new LinkedHashMap<>();
        if (tokens.accept("OPTIONS")) {
            tokens.expect("(");
            while (!tokens.at(")")) {
                String name = tokens.identifier().toLowerCase(Locale.ROOT);
                tokens.expect("=");
                if (options.putIfAbsent(name, expressions.expression()) != null) {
                    throw new SqlError("Duplicate option " + name);
                }
                if (!tokens.accept(",")) {
                    break;
                }
            }
            tokens.expect(")");
        }
        return options;
    }

    private Statement createView(boolean replace) {
        Existing existing = existing(replace);
        Query.Table view = table();
        if (tokens.at("(")) {
            throw tokens.unsupported("a column list of CREATE VIEW");
        }
        Map<String, Expr> options = options();
        tokens.expect("AS");
        int start = tokens.peek().start();
        queries.query();
        String text = tokens.sql().substring(start, tokens.peek().start()).strip();
        return new Statement.CreateView(view, existing, options, text);
    }

    private Statement drop() {
        if (!tokens.at("TABLE") && !tokens.at("VIEW") && !tokens.at("SCHEMA")) {
            throw tokens.unsupported("DROP " + tokens.peek().upper());
        }
        String kind = tokens.take().upper();
        boolean ifExists = tokens.accept("IF", "EXISTS");
        Query.Table name = table();
        boolean cascade = kind.equals("SCHEMA") && tokens.accept("CASCADE");
        if (kind.equals("SCHEMA") && !cascade) {
            tokens.accept("RESTRICT");
        }
        return new Statement.Drop(kind, name, ifExists, cascade);
    }

    private Statement alter() {
        tokens.expect("ALTER");
        if (!tokens.accept("TABLE")) {
            throw tokens.unsupported("ALTER " + tokens.peek().upper());
        }
        Query.Table table = table();
        if (tokens.accept("SET")) {
            if (!tokens.at("OPTIONS")) {
                throw tokens.unsupported("ALTER TABLE SET " + tokens.peek().upper());
            }
            return new Statement.SetOptions(table, options());
        }
        if (tokens.at("DROP", "COLUMN")) {
            return new Statement.DropColumns(table, tokens.list(() -> {
                tokens.expect("DROP", "COLUMN");
                boolean ifExists = tokens.accept("IF", "EXISTS");
                return new Statement.DroppedColumn(tokens.identifier(), ifExists);
            }));
        }
        if (tokens.accept("ADD", "PRIMARY", "KEY")) {
            List<String> columns = tokens.parenthesized(tokens::identifier);
            notEnforced();
            return new Statement.SetPrimaryKey(table, columns, false);
        }
        if (tokens.accept("DROP", "PRIMARY", "KEY")) {
            return new Statement.SetPrimaryKey(table, List.of(), tokens.accept("IF", "EXISTS"));
        }
        if (tokens.at("ALTER", "COLUMN")) {
            return tokens.peek(3).is("SET") && tokens.peek(4).is("DATA")
                    ? new Statement.SetTypes(table, tokens.list(this::columnType))
                    : new Statement.ChangeColumns(table, tokens.list(this::columnChange));
        }
        if (tokens.accept("RENAME", "TO")) {
            return new Statement.RenameTable(table, tokens.identifier());
        }
        if (tokens.at("RENAME", "COLUMN")) {
            return new Statement.RenameColumns(table, tokens.list(this::rename));
        }
        if (!tokens.at("ADD", "COLUMN")) {
            throw tokens.unsupported("ALTER TABLE " + tokens.peek().upper());
        }
        boolean[] keep = new boolean[1];
        List<ColumnDefinition> columns = tokens.list(() -> {
            tokens.expect("ADD", "COLUMN");
            keep[0] |= tokens.accept("IF", "NOT", "EXISTS");
            return column();
        });
        return new Statement.AddColumns(table, columns, keep[0]);
    }
}
