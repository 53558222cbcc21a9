package io.catalogconnect.bigquery.commit;

import java.util.Optional;

/**
 * The end of a finalized stream.
 *
 * @param rows number of rows in the stream
 * @param checkpoint the stream's newest checkpoint at or below that number; empty if the stream has none, because an earlier
 *     version of this connector wrote it
 */
public record StreamEnd(long rows, Optional<Checkpoint> checkpoint) {}
