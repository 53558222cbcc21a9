package io.catalogconnect.bigquery.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables that a connector may write.
 *
 * @param internal the connector's registry and the tables of versions and publications
 * @param historySuffix suffix of histories in replace mode; empty in append mode
 * @param allowed names of the permitted tables, in which {@code *} matches any characters; empty permits every table that is
 *     not reserved
 */
public record TableRules(Set<String> internal, Optional<String> historySuffix, List<String> allowed) {

    private static final String RESERVED_PREFIX = "_catalog_connect_";

    public TableRules {
        internal = Set.copyOf(internal);
        allowed = List.copyOf(allowed);
    }

    /** Why the connector must not write to a table, with the fix; empty if it may. */
    public Optional<String> refusal(String table) {
        if (internal.contains(table) || table.startsWith(RESERVED_PREFIX)) {
            return Optional.of("table " + table + " is reserved for the connector's own records. Choose another name in"
                    + " tables");
        }
        Optional<String> suffix = historySuffix.filter(table::endsWith);
        if (suffix.isPresent()) {
            return Optional.of(
                    "table " + table + " ends with " + suffix.get() + ", the suffix of histories. Choose another"
                            + " name in tables, or another replace.history.suffix");
        }
        if (!allowed.isEmpty() && allowed.stream().noneMatch(pattern -> matches(pattern, table))) {
            return Optional.of(
                    "table " + table + " is not permitted by tables.allowed. Choose a permitted name in tables");
        }
        return Optional.empty();
    }

    private static boolean matches(String pattern, String table) {
        // Patterns hold letters, digits, underscores and asterisks only.
        return table.matches(pattern.replace("*", ".*"));
    }
}
