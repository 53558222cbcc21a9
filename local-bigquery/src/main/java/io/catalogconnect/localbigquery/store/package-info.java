/**
 * The DuckDB file: datasets and tables as BigQuery describes them, their rows, and transactions over both.
 *
 * <p>A {@link io.catalogconnect.localbigquery.store.Warehouse} is one open DuckDB file. Its metadata are the resources of {@code
 * com.google.api.services.bigquery.model} ({@code Dataset}, {@code Table}), kept as JSON in system tables of schema {@code meta}; rows
 * are in tables of schema {@code data}. Only {@link io.catalogconnect.localbigquery.store.StoredTable#sqlName()} knows their names, because
 * BigQuery's dataset and table names are case-sensitive and DuckDB's are not.
 *
 * <ul>
 *   <li>Reading: {@link io.catalogconnect.localbigquery.store.Warehouse#read}: one DuckDB snapshot and the {@link
 *       io.catalogconnect.localbigquery.store.Catalog} that belongs to it.
 *   <li>Writing: {@link io.catalogconnect.localbigquery.store.Warehouse#inTransaction}: one writer at a time; metadata and rows are
 * committed together.
 *   <li>Rows: {@link io.catalogconnect.localbigquery.store.WriteSession#append} accepts rows whose values have the Java types listed at
 *       {@link io.catalogconnect.localbigquery.store.FieldType}; {@link io.catalogconnect.localbigquery.store.TextValues} parses them from
 * text; {@link io.catalogconnect.localbigquery.store.Column#check} checks a value against its column.
 *   <li>Partitions: {@link io.catalogconnect.localbigquery.store.Partitioning}, in Java for a row and in SQL for a table.
 * </ul>
 *
 * <p>Protocols (REST, gRPC) and the translation of GoogleSQL live in other packages.
 */
@NullMarked
package io.catalogconnect.localbigquery.store;

import org.jspecify.annotations.NullMarked;
