package io.catalogconnect.localbigquery.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type as written.
 *
 * @param name upper case: INT64, ARRAY, STRUCT, ...
 * @param fields an ARRAY's one nameless element or a STRUCT's fields; empty else
 * @param parameters precision and scale, or a length
 */
public record TypeName(String name, List<Field> fields, List<String> parameters) {

    /** A field, or an array's element when it has no name. */
    public record Field(@Nullable String name, TypeName type) {}
}
