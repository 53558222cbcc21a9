/**
 * The local BigQuery process, and SQL through Google's own client.
 */
@NullMarked
package io.catalogconnect.localstack.bigquery;

import org.jspecify.annotations.NullMarked;
