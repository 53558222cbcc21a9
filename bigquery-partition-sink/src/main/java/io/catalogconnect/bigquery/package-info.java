/**
 * Connect's side of the sink: connector, task and configuration, and the flow from records to lanes. What a row is, where
 * it goes and how it is written once lives in the packages below.
 */
@NullMarked
package io.catalogconnect.bigquery;

import org.jspecify.annotations.NullMarked;
