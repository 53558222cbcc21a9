/**
 * BigQuery's Storage Write API, all six methods of {@code google.cloud.bigquery.storage.v1.BigQueryWrite}: streams and their states, the
 * rules for appends, decoding of rows from protocol buffers, and the answers with their codes, {@code StorageError} details and texts.
 *
 * <p>The path of an append: {@code AppendConnection} (one call, requests in order) &rarr; {@code RowDecoder} (bytes to values or row
 * errors) &rarr; {@code CommitQueue} (queued appends share a DuckDB transaction) &rarr; {@code StreamStore} (checks the offset; rows and
 * the stream's new end are committed together). The package {@code store} stores the rows.
 */
@NullMarked
package io.catalogconnect.localbigquery.write;

import org.jspecify.annotations.NullMarked;
