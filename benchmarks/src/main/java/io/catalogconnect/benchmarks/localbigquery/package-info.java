/** How fast local-bigquery takes rows, beside DuckDB's own appender. */
@NullMarked
package io.catalogconnect.benchmarks.localbigquery;

import org.jspecify.annotations.NullMarked;
