/**
 * The local BigQuery process, and SQL through Google's client.
 */
@NullMarked
package io.catalogconnect.localstack.bigquery;

import org.jspecify.annotations.NullMarked;
