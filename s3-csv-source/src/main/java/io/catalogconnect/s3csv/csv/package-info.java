/**
 * Bytes become records of cells, and every record knows the exact bytes it came from. Nothing here knows Connect, S3 or
 * what a column means.
 */
@NullMarked
package io.catalogconnect.s3csv.csv;

import org.jspecify.annotations.NullMarked;
