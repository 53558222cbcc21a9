/**
 * Adapters of the ports to Google's SDK, over the Storage Write API and the REST API. They translate requests, answers and
 * errors, and make no decisions. No other package uses the SDK.
 */
@NullMarked
package io.catalogconnect.bigquery.client;

import org.jspecify.annotations.NullMarked;
