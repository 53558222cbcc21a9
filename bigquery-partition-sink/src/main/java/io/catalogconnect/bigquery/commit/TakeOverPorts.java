package io.catalogconnect.bigquery.commit;

/**
 * Ports that decide who writes a lane, and after which offset.
 *
 * @param registry the owner of each lane
 * @param checkpoints the Kafka offsets of write streams
 * @param writtenOffsets the rows in the tables
 */
public record TakeOverPorts(StreamRegistry registry, StreamCheckpoints checkpoints, WrittenOffsets writtenOffsets) {}
