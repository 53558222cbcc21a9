/**
 * Connect's schemas and values to BigQuery's columns and to the bytes of the Storage Write API. A schema is compiled
 * once; a row is then encoded without looking at it again. Knows Connect's data classes, not its sink API, and of
 * protobuf only its wire format.
 */
@NullMarked
package io.catalogconnect.bigquery.convert;

import org.jspecify.annotations.NullMarked;
