/**
 * The types of GoogleSQL, expressions that carry a type, and the rules between types: literals, coercions, casts, parameters, and the form of values in the
 * REST API. Nothing here knows a function, an operator, a table or the names that a statement can see.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql.types;

import org.jspecify.annotations.NullMarked;
