package io.catalogconnect.bigquery.commit;

import java.util.concurrent.CompletableFuture;

/**
 * Streams of the Storage Write API whose rows are visible once acknowledged (type COMMITTED). Calls do not block;
 * futures fail with {@link ServiceUnavailableException} or {@link ServiceRefusedException}.
 */
public interface WriteStreams {

    /** Creates a stream of a table and returns its name, which the service chooses. */
    CompletableFuture<String> create(String table);

    /** Name of a table's default stream, which has no offsets and writes rows at least once. */
    String defaultStream(String table);

    /** Finalizes a stream; succeeds also if it was finalized before or was deleted. */
    CompletableFuture<FinalizedStream> finalizeStream(String stream);

    /** Opens a connection to a stream without blocking. */
    StreamConnection connect(String stream);
}
