/**
 * The GoogleSQL subset: parses a statement, checks names and types against a catalog, and says it in DuckDB's SQL together with the schema BigQuery would
 * give the result. Nothing here runs SQL. What is outside the subset is refused by name; it is never passed on in the hope that both engines agree.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql;

import org.jspecify.annotations.NullMarked;
