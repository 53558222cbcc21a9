/**
 * An in-memory BigQuery for tests that keeps the contract of the sink's ports, and the parts that its models share: owners of
 * topic partitions, and the schedule in which they act.
 */
@NullMarked
package io.catalogconnect.bigquery.simulation;

import org.jspecify.annotations.NullMarked;
