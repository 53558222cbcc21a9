@NullMarked
package io.catalogconnect.bigquery.metrics;

import org.jspecify.annotations.NullMarked;
