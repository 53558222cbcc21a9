/**
 * Tables: the table of a topic, its columns and its partitioning; creates and checks tables through a port. Knows neither
 * Connect nor Google's SDK.
 */
@NullMarked
package io.catalogconnect.bigquery.table;

import org.jspecify.annotations.NullMarked;
