/**
 * BigQuery's Storage Write API, all six methods of {@code google.cloud.bigquery.storage.v1.BigQueryWrite}: what streams are, which
 * appends they take, how rows travel in protocol buffers, and the answers with their codes, {@code StorageError} details and texts.
 *
 * <p>The way of an append: {@code AppendConnection} (one call, requests in order) &rarr; {@code RowDecoder} (bytes to values, and what is
 * wrong with them) &rarr; {@code CommitLane} (waiting appends share a DuckDB transaction) &rarr; {@code StreamLedger} (the offset rule; rows
 * and the stream's new end are committed together). Where rows are kept is the store's business, not this package's.
 */
@NullMarked
package io.catalogconnect.localbigquery.write;

import org.jspecify.annotations.NullMarked;
