package io.catalogconnect.localbigquery.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type name in a statement.
 *
 * @param name upper case: INT64, ARRAY, STRUCT, ...
 * @param fields the nameless element of an ARRAY or the fields of a STRUCT; otherwise empty
 * @param parameters precision and scale, or a length
 */
public record TypeName(String name, List<Field> fields, List<String> parameters) {

    /** A field, or the element of an array, which has no name. */
    public record Field(@Nullable String name, TypeName type) {}
}
