/**
 * BigQuery on one machine: its REST API and its Storage Write API over a DuckDB file, started and stopped here, inside a test or as a
 * process of its own. The APIs are in the packages below.
 */
@NullMarked
package io.catalogconnect.localbigquery;

import org.jspecify.annotations.NullMarked;
