/**
 * What BigQuery does and clients rely on, as tests that do not know whose BigQuery they talk to: local-bigquery in the default run, the
 * service itself with {@code -Dbigquery.it.project=...} and application default credentials. What only local-bigquery does (restarts,
 * faults, clocks) is not tested here.
 */
@NullMarked
package io.catalogconnect.localbigquery.contract;

import org.jspecify.annotations.NullMarked;
