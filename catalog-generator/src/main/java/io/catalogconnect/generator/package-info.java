/**
 * Makes product catalogues of the real one's shape as CSV: any number of rows, the same bytes for the same seed, and
 * optionally unusual cases. Does not depend on S3, Kafka or BigQuery.
 */
@NullMarked
package io.catalogconnect.generator;

import org.jspecify.annotations.NullMarked;
