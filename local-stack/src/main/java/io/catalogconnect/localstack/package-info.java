/**
 * The local stack: Kafka, Connect, S3 and BigQuery on one machine, started and stopped as one. Knows the files of the stack
 * and the order in which servers start; each server has its own package, the commands are in {@code cli}.
 */
@NullMarked
package io.catalogconnect.localstack;

import org.jspecify.annotations.NullMarked;
