/** Tests of the lexer and the parsers, without a database. */
@NullMarked
package io.catalogconnect.localbigquery.sql.syntax;

import org.jspecify.annotations.NullMarked;
