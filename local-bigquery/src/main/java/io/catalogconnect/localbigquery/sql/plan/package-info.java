/**
 * The result of planning a statement: DuckDB's SQL or a changed resource, the result's columns, and the tables and columns that are read. Nothing here
 * translates or runs SQL.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql.plan;

import org.jspecify.annotations.NullMarked;
