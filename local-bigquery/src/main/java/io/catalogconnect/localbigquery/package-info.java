/**
 * A local BigQuery: serves the REST API and the Storage Write API over a DuckDB file. This package starts and stops the server, inside a
 * test or as a separate process. The packages below implement the APIs.
 */
@NullMarked
package io.catalogconnect.localbigquery;

import org.jspecify.annotations.NullMarked;
