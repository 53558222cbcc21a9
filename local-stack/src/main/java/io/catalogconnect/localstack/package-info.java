/**
 * The local stack: Kafka, Connect, S3 and BigQuery on one machine, started and stopped as one. Knows where things lie
 * and in which order they start; each server is in a package of its own, the commands are in {@code cli}.
 */
@NullMarked
package io.catalogconnect.localstack;

import org.jspecify.annotations.NullMarked;
