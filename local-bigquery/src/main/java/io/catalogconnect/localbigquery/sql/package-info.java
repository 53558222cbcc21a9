/**
 * The entrance of the GoogleSQL subset: plans one statement ({@link io.catalogconnect.localbigquery.sql.GoogleSql}) and writes the INSERT that puts a query's
 * rows into a table. The work is done in the packages below: {@code syntax} parses, {@code types} and {@code functions} know the language, {@code translation}
 * writes DuckDB's SQL, {@code ddl} handles CREATE, DROP and ALTER, {@code plan} is the result. Nothing here runs SQL. A statement outside the subset is refused
 * by name; it is never passed to DuckDB untranslated.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql;

import org.jspecify.annotations.NullMarked;
