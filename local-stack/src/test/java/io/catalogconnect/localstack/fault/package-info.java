/**
 * The sink under faults, on the whole stack: records written straight to Kafka, real workers, and a BigQuery that breaks. Every
 * test ends with a look at each row of its table. What the source does under faults is not looked at here.
 */
@NullMarked
package io.catalogconnect.localstack.fault;

import org.jspecify.annotations.NullMarked;
