/**
 * The syntax of the GoogleSQL subset: a lexer, a recursive-descent parser and the tree they make. Nothing here knows a table, a type of a column or
 * DuckDB. What the grammar does not list is a syntax error or is refused by name, so that nothing is ever skipped silently.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql.syntax;

import org.jspecify.annotations.NullMarked;
