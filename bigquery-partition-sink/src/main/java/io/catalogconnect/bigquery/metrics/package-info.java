/** The task's metrics. */
@NullMarked
package io.catalogconnect.bigquery.metrics;

import org.jspecify.annotations.NullMarked;
