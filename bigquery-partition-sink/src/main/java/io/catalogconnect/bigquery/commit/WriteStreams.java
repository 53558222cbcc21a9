package io.catalogconnect.bigquery.commit;

import java.util.concurrent.CompletableFuture;

/**
 * Streams of the Storage Write API whose rows are visible once acknowledged (type COMMITTED). Calls do not block;
 * futures fail with {@link ServiceUnavailableException} or {@link ServiceRefusedException}.
 */
public interface WriteStreams {

    /** Makes a stream of a table; its name is the service's choice. */
    CompletableFuture<String> create(String table);

    /** The stream that every table has: it takes rows at least once, and knows no offsets. */
    String defaultStream(String table);

    /** Closes a stream to appends for good; done as well when it was closed before or is gone. */
    CompletableFuture<FinalizedStream> finalizeStream(String stream);

    /** Opens a connection to append to a stream, without waiting for it. */
    StreamConnection connect(String stream);
}
