/**
 * Kafka records as the sink reads them: the headers it knows, the rows it makes of records, and the records it rejects.
 */
@NullMarked
package io.catalogconnect.bigquery.record;

import org.jspecify.annotations.NullMarked;
