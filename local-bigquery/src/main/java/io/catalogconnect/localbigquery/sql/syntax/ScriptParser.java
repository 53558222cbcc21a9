package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Script.Place;
import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parses the text of a query job. Checks where variables are declared, because BigQuery does so before the first statement runs. */
public final class ScriptParser {

    private final Tokens tokens;
    private final StatementParser statements;
    private final List<Script.Step> steps = new ArrayList<>();
    /** The positions of the declared variables by their names in lower case. */
    private final Map<String, Integer> variables = new LinkedHashMap<>();

    private ScriptParser(String sql) {
        this.tokens = new Tokens(sql);
        this.statements = new StatementParser(tokens);
    }

    /**
     * Parses a statement or a script.
     *
     * @throws SqlError when it has a syntax error, or a statement outside the subset
     */
    public static Script parse(String sql) {
        ScriptParser parser = new ScriptParser(sql);
        boolean declarations = true;
        do {
            declarations = parser.step(declarations);
        } while (parser.tokens.accept(";") && parser.tokens.peek().kind() != Kind.END);
        parser.statements.end();
        return new Script(sql, List.copyOf(parser.steps));
    }

    /** Parses steps until the end of a block or of a branch of IF. Each one ends with a semicolon. */
    private void steps(boolean declarationsAllowed) {
        boolean declarations = declarationsAllowed;
        while (!endsSteps()) {
            declarations = step(declarations);
            tokens.expect(";");
        }
        if (tokens.at("EXCEPTION")) {
            throw tokens.unsupported("BEGIN ... EXCEPTION");
        }
    }

    private boolean endsSteps() {
        return tokens.at("END")
                || tokens.at("ELSE")
                || tokens.at("ELSEIF")
                || tokens.at("EXCEPTION")
                || tokens.peek().kind() == Kind.END;
    }

    /** Parses a step, and returns whether a declaration may follow. */
    private boolean step(boolean declarations) {
        int start = tokens.peek().start();
        if (tokens.accept("DECLARE")) {
            if (!declarations) {
                throw tokens.errorAt("Variable declarations are allowed only at the start of a block or script", start);
            }
            declare(start);
            return true;
        }
        if (tokens.accept("SET")) {
            assign();
        } else if (tokens.accept("IF")) {
            branches();
        } else if (tokens.at("COMMIT") || tokens.at("ROLLBACK") || beginsTransaction()) {
            String action = tokens.take().upper();
            tokens.accept("TRANSACTION");
            steps.add(new Script.Transaction(action, place(start)));
        } else if (tokens.accept("BEGIN")) {
            block();
        } else {
            Statement statement = statements.statement();
            steps.add(new Script.Run(statement, place(start)));
        }
        return false;
    }

    private Place place(int start) {
        return new Place(start, tokens.end());
    }

    private boolean beginsTransaction() {
        Token next = tokens.peek(1);
        return tokens.at("BEGIN") && (next.is("TRANSACTION") || next.is(";") || next.kind() == Kind.END);
    }

    private void declare(int start) {
        List<String> names = tokens.list(this::newVariable);
        TypeName type = tokens.at("DEFAULT")
                ? null
                : statements.expressions().primary().types().type();
        Script.Value value = tokens.accept("DEFAULT") ? value() : null;
        steps.add(new Script.Declare(names, type, value, place(start)));
    }

    private String newVariable() {
        int at = tokens.peek().start();
        String name = tokens.identifier();
        Integer before = variables.putIfAbsent(key(name), at);
        if (before != null) {
            String message =
                    tokens.errorAt("Variable '" + name + "' redeclaration", at).getMessage();
            throw tokens.errorAt(message + "; " + name + " previously declared here", before);
        }
        return name;
    }

    private Script.Value value() {
        int start = tokens.peek().start();
        Expr expression = statements.expressions().expression();
        return new Script.Value(expression, place(start));
    }

    private void assign() {
        if (tokens.at("@")) {
            throw tokens.unsupported("the system variable @@" + tokens.peek(1).text());
        }
        boolean tuple = tokens.at("(");
        List<String> names = tuple ? tokens.parenthesized(this::variable) : List.of(variable());
        tokens.expect("=");
        steps.add(new Script.Assign(names, tuple, value()));
    }

    private String variable() {
        int at = tokens.peek().start();
        String name = tokens.identifier();
        if (!variables.containsKey(key(name))) {
            throw tokens.errorAt("Undeclared variable: " + name, at);
        }
        return name;
    }

    private void branches() {
        List<Integer> exits = new ArrayList<>();
        do {
            Script.Value condition = value();
            tokens.expect("THEN");
            int branch = reserve();
            steps(false);
            exits.add(reserve());
            steps.set(branch, new Script.Branch(condition, steps.size()));
        } while (tokens.accept("ELSEIF"));
        if (tokens.accept("ELSE")) {
            steps(false);
        }
        tokens.expect("END", "IF");
        exits.forEach(exit -> steps.set(exit, new Script.Jump(steps.size())));
    }

    /** Adds a step that is set later, and returns its index. */
    private int reserve() {
        steps.add(new Script.Jump(steps.size()));
        return steps.size() - 1;
    }

    private void block() {
        List<String> outer = List.copyOf(variables.keySet());
        steps(true);
        tokens.expect("END");
        List<String> own = variables.keySet().stream()
                .filter(name -> !outer.contains(name))
                .toList();
        variables.keySet().removeAll(own);
        steps.add(new Script.Leave(own));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
