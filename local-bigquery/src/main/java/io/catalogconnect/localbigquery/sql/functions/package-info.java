/**
 * The functions and operators of GoogleSQL as DuckDB's SQL, given operands that are translated already. Aggregates, window functions and the names that an
 * expression can see are in {@code translation}.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql.functions;

import org.jspecify.annotations.NullMarked;
