package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names that are visible to an expression: the sources of its FROM, then the names of the outer queries. Filled while FROM is translated, and read-only afterwards. */
public final class NameScope {

    /**
     * A source of rows.
     *
     * @param name the range variable, empty when it has none
     * @param columns in the order of {@code *}
     * @param value the value of a row of a value table (UNNEST of scalars or structs)
     * @param hidden pseudo columns, which {@code *} leaves out
     */
    record Source(
            String name,
            List<Named> columns,
            @Nullable TypedSql value,
            List<Named> hidden,
            @Nullable TableRead scan) {

        Source(String name, List<Named> columns) {
            this(name, columns, null, List.of(), null);
        }

        Optional<Named> column(String column) {
            Optional<Named> found = columns.stream()
                    .filter(c -> c.name().equalsIgnoreCase(column))
                    .findFirst();
            return found.isPresent()
                    ? found
                    : hidden.stream()
                            .filter(c -> c.name().equalsIgnoreCase(column))
                            .findFirst();
        }
    }

    /** A column with its visible name. */
    record Named(String name, TypedSql value) {}

    private final @Nullable NameScope outer;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, TypedSql> merged = new LinkedHashMap<>();
    private Map<String, TypedSql> aliases = Map.of();
    private Map<String, Expr.Window> windows = Map.of();

    public NameScope(@Nullable NameScope outer) {
        this.outer = outer;
    }

    @Nullable
    NameScope outer() {
        return outer;
    }

    List<Source> sources() {
        return sources;
    }

    void add(Source source) {
        if (!source.name().isEmpty() && sources.stream().anyMatch(s -> s.name().equalsIgnoreCase(source.name()))) {
            throw new SqlError("Duplicate table alias " + source.name() + " in the same FROM clause");
        }
        sources.add(source);
    }

    /** A column of JOIN ... USING, which is visible once. */
    void merge(String name, TypedSql value) {
        merged.put(name.toLowerCase(Locale.ROOT), value);
    }

    Map<String, TypedSql> merged() {
        return merged;
    }

    /** The select list's names, for HAVING, QUALIFY, ORDER BY and GROUP BY. */
    NameScope withAliases(Map<String, TypedSql> names) {
        NameScope scope = new NameScope(outer);
        scope.sources.addAll(sources);
        scope.merged.putAll(merged);
        scope.windows = windows;
        scope.aliases = names;
        return scope;
    }

    void windows(Map<String, Expr.Window> named) {
        windows = named;
    }

    Expr.@Nullable Window window(String name) {
        return windows.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Resolves a name.
     *
     * @param name the first name of a path
     * @param alone whether no further name follows, so that it is not a range variable before a column
     */
    Optional<TypedSql> resolve(String name, boolean alone) {
        String key = name.toLowerCase(Locale.ROOT);
        TypedSql alias = aliases.get(key);
        if (alias != null) {
            return Optional.of(alias);
        }
        TypedSql common = merged.get(key);
        if (common != null) {
            return Optional.of(common);
        }
        List<Source> range =
                sources.stream().filter(s -> s.name().equalsIgnoreCase(name)).toList();
        if (!range.isEmpty() && (alone || range.get(0).value() != null)) {
            return Optional.of(row(range.get(0)));
        }
        List<Named> found =
                sources.stream().flatMap(s -> s.column(name).stream()).toList();
        if (found.size() > 1) {
            throw new SqlError("Column name " + name + " is ambiguous");
        }
        if (!found.isEmpty()) {
            use(name);
            return Optional.of(found.get(0).value());
        }
        return outer == null ? Optional.empty() : outer.resolve(name, alone);
    }

    private void use(String column) {
        sources.forEach(source -> {
            if (source.scan() != null && source.column(column).isPresent()) {
                source.scan().use(column);
            }
        });
    }

    /** A column of a range variable. */
    Optional<TypedSql> resolve(String range, String column) {
        for (Source source : sources) {
            if (source.name().equalsIgnoreCase(range) && source.value() == null) {
                Named found = source.column(column)
                        .orElseThrow(() -> new SqlError("Name " + column + " not found inside " + range));
                if (source.scan() != null) {
                    source.scan().use(column);
                }
                return Optional.of(found.value());
            }
        }
        return outer == null ? Optional.empty() : outer.resolve(range, column);
    }

    boolean hasRange(String name) {
        return sources.stream().anyMatch(s -> s.name().equalsIgnoreCase(name) && s.value() == null)
                || (outer != null && outer.hasRange(name));
    }

    /** A whole row as a STRUCT, or the value of a value table. */
    static TypedSql row(Source source) {
        if (source.value() != null) {
            return source.value();
        }
        if (source.scan() != null) {
            source.columns().forEach(column -> source.scan().use(column.name()));
        }
        String fields = source.columns().stream()
                .map(c -> Sql.quote(c.name()) + " := " + c.value().sql())
                .collect(Collectors.joining(", "));
        DataType type = DataType.struct(source.columns().stream()
                .map(c -> new DataType.Member(c.name(), c.value().type()))
                .toList());
        return new TypedSql("struct_pack(" + fields + ")", type);
    }
}
