package io.catalogconnect.localbigquery.sql.syntax;

import io.catalogconnect.localbigquery.sql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses type names with their brackets and parameters. */
final class TypeParser {

    private final Tokens tokens;

    TypeParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The canonical name of a type: NUMERIC for DECIMAL, INT64 for INTEGER, ... */
    static String canonical(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "DECIMAL" -> "NUMERIC";
            case "BIGDECIMAL" -> "BIGNUMERIC";
            case "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" -> "INT64";
            case "BOOLEAN" -> "BOOL";
            default -> name.toUpperCase(Locale.ROOT);
        };
    }

    TypeName type() {
        if (tokens.accept("ARRAY")) {
            tokens.expect("<");
            TypeName element = type();
            tokens.expectClosingAngle();
            return new TypeName("ARRAY", List.of(new TypeName.Field(null, element)), List.of());
        }
        if (tokens.accept("STRUCT")) {
            tokens.expect("<");
            List<TypeName.Field> fields = tokens.list(this::field);
            tokens.expectClosingAngle();
            return new TypeName("STRUCT", fields, List.of());
        }
        if (tokens.at("RANGE") || tokens.at("INTERVAL")) {
            throw tokens.unsupported("the type " + tokens.peek().upper());
        }
        String name = canonical(tokens.identifier());
        List<String> parameters = new ArrayList<>();
        if (tokens.accept("(")) {
            do {
                if (tokens.peek().kind() != Kind.INTEGER) {
                    throw tokens.unexpected();
                }
                parameters.add(tokens.take().text());
            } while (tokens.accept(","));
            tokens.expect(")");
        }
        return new TypeName(name, List.of(), List.copyOf(parameters));
    }

    private TypeName.Field field() {
        Token second = tokens.peek(1);
        boolean named = tokens.atIdentifier() && (second.kind() == Kind.WORD || second.kind() == Kind.QUOTED);
        return named ? new TypeName.Field(tokens.identifier(), type()) : new TypeName.Field(null, type());
    }
}
