/**
 * Conversion of Connect's schemas and values to BigQuery's columns and to the rows of the Storage Write API. A schema is
 * compiled once, and its rows are encoded without reading it again. Uses Connect's data classes, not its sink API.
 */
@NullMarked
package io.catalogconnect.bigquery.convert;

import org.jspecify.annotations.NullMarked;
