/**
 * Which table a record goes to, how that table is partitioned, and what its columns are; makes and checks tables
 * through a port. Knows neither Connect nor Google's SDK.
 */
@NullMarked
package io.catalogconnect.bigquery.table;

import org.jspecify.annotations.NullMarked;
