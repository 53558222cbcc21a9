/**
 * The one place that knows DuckDB's file: datasets and tables as BigQuery describes them, their rows, and the transactions over both.
 *
 * <p>A {@link io.catalogconnect.localbigquery.store.Warehouse} is one open DuckDB file. Its metadata are the resources of {@code
 * com.google.api.services.bigquery.model} ({@code Dataset}, {@code Table}), kept as JSON in system tables of schema {@code meta}; rows
 * are in tables of schema {@code data}, under names that only {@link io.catalogconnect.localbigquery.store.StoredTable#sqlName()} tells,
 * because BigQuery's dataset and table names distinguish case and DuckDB's do not.
 *
 * <ul>
 *   <li>Reading: {@link io.catalogconnect.localbigquery.store.Warehouse#read}: one DuckDB snapshot and the {@link
 *       io.catalogconnect.localbigquery.store.Catalog} that belongs to it.
 *   <li>Writing: {@link io.catalogconnect.localbigquery.store.Warehouse#inTransaction}: one writer at a time; metadata and rows are
 *       committed together, or neither is.
 *   <li>Rows: {@link io.catalogconnect.localbigquery.store.WriteSession#append} takes rows whose values have the Java types listed at
 *       {@link io.catalogconnect.localbigquery.store.FieldType}; {@link io.catalogconnect.localbigquery.store.TextValues} makes them from
 *       text; {@link io.catalogconnect.localbigquery.store.Column#check} tells what a column does not take.
 *   <li>Partitions: {@link io.catalogconnect.localbigquery.store.Partitioning}, in Java for a row and in SQL for a table.
 * </ul>
 *
 * <p>Neither a protocol (REST, gRPC) nor the translation of GoogleSQL lives here.
 */
@NullMarked
package io.catalogconnect.localbigquery.store;

import org.jspecify.annotations.NullMarked;
