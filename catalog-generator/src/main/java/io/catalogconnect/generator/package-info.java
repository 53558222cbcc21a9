/**
 * Makes product catalogues of the real one's shape as CSV: any number of rows, the same bytes for the same seed, and on
 * demand the nasty cases that a clean file hides. Knows nothing of S3, Kafka or BigQuery.
 */
@NullMarked
package io.catalogconnect.generator;

import org.jspecify.annotations.NullMarked;
