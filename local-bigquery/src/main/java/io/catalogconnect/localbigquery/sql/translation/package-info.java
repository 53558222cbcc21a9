/**
 * The translation of queries, DML and expressions into DuckDB's SQL: resolves names against the catalog, checks types, expands {@code *} and views. CREATE, DROP
 * and ALTER are in {@code ddl}; single functions and operators are in {@code functions}.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql.translation;

import org.jspecify.annotations.NullMarked;
