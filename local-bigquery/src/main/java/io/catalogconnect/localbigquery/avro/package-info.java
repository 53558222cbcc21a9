/**
 * Reads Avro object container files into rows of Java values, with limits that hold for any content. Does not know tables: package {@code job}
 * fits the rows to the columns of a table.
 */
@NullMarked
package io.catalogconnect.localbigquery.avro;

import org.jspecify.annotations.NullMarked;
