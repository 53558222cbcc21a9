package io.catalogconnect.bigquery.commit;

import java.util.concurrent.Future;

/** Reports a record whose row was refused, for example to a dead letter queue. */
@FunctionalInterface
public interface RefusalReport {

    /** Sends the record with the reason of the refusal. The future completes when the record has been stored. */
    Future<Void> send(String reason);
}
