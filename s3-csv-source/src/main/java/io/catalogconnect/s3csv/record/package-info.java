/**
 * Rows become Connect values: typed columns, the file's date, and headers that say where a row came from. Nothing here knows
 * where bytes come from or how progress is kept.
 */
@NullMarked
package io.catalogconnect.s3csv.record;

import org.jspecify.annotations.NullMarked;
