package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.NameScope.Named;
import io.catalogconnect.localbigquery.sql.translation.NameScope.Source;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code *} and {@code x.*} with EXCEPT and REPLACE. */
final class StarExpansion {

    private final ExpressionTranslator expressions;

    StarExpansion(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    List<Named> expand(Query.AllColumns star, NameScope scope) {
        Expr of = star.of();
        List<Named> columns = of == null ? all(scope) : of(of, scope);
        for (String name : star.except()) {
            if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw new SqlError("Column " + name + " in SELECT * EXCEPT list does not exist");
            }
        }
        List<Named> result = new ArrayList<>();
        for (Named column : columns) {
            if (star.except().stream().noneMatch(name -> name.equalsIgnoreCase(column.name()))) {
                result.add(replaced(column, star, scope));
            }
        }
        for (Query.Column replacement : star.replace()) {
            String name = replacement.alias();
            if (result.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw new SqlError("Column " + name + " in SELECT * REPLACE list does not exist");
            }
        }
        return result;
    }

    private Named replaced(Named column, Query.AllColumns star, NameScope scope) {
        for (Query.Column replacement : star.replace()) {
            if (column.name().equalsIgnoreCase(replacement.alias())) {
                return new Named(column.name(), expressions.translate(replacement.value(), scope));
            }
        }
        return column;
    }

    private static List<Named> all(NameScope scope) {
        if (scope.sources().isEmpty()) {
            throw new SqlError("SELECT * must have a FROM clause");
        }
        List<Named> columns = new ArrayList<>();
        scope.merged().forEach((name, value) -> columns.add(new Named(name, value)));
        for (Source source : scope.sources()) {
            for (Named column : columns(source)) {
                if (!scope.merged().containsKey(column.name().toLowerCase(Locale.ROOT))) {
                    columns.add(column);
                }
            }
        }
        return columns;
    }

    private static List<Named> columns(Source source) {
        TypedSql value = source.value();
        if (value == null) {
            TableRead scan = source.scan();
            if (scan != null) {
                source.columns().forEach(column -> scan.use(column.name()));
            }
            return source.columns();
        }
        return value.type().isStruct() ? fields(value) : List.of(new Named(source.name(), value));
    }

    private static List<Named> fields(TypedSql struct) {
        List<Named> fields = new ArrayList<>();
        for (int i = 0; i < struct.type().members().size(); i++) {
            fields.add(new Named(struct.type().members().get(i).name(), Coercions.field(struct, i)));
        }
        return fields;
    }

    private List<Named> of(Expr of, NameScope scope) {
        if (of instanceof Expr.Path path && path.names().size() == 1) {
            for (Source source : scope.sources()) {
                if (source.name().equalsIgnoreCase(path.names().get(0))) {
                    return columns(source);
                }
            }
        }
        TypedSql value = expressions.translate(of, scope);
        if (!value.type().isStruct()) {
            throw new SqlError("Dot-star is not supported for type " + value.type());
        }
        return fields(value);
    }
}
