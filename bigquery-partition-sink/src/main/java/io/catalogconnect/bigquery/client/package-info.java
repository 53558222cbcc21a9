/**
 * The only code that knows Google's SDK: the ports of {@code commit} and {@code table} over the Storage Write API and
 * the REST API. It translates requests, answers and errors, and decides nothing.
 */
@NullMarked
package io.catalogconnect.bigquery.client;

import org.jspecify.annotations.NullMarked;
