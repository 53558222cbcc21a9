package io.catalogconnect.catalogctl.live;

import java.time.Instant;
import java.util.Optional;

/**
 * The size of a table that exists.
 *
 * @param partitions number of partitions that are not empty
 * @param newest ID of the newest of them, such as {@code 20261101}; empty without one
 * @param newestRow time at which the newest row of this partition was sent by the source
 */
public record TableSize(long rows, long partitions, String newest, Optional<Instant> newestRow) {}
