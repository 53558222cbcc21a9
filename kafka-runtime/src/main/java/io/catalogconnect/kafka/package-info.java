/**
 * A Kafka broker and a Kafka Connect worker, each as a separate process with the class path of Kafka's distribution: no
 * plugin and no Google or AWS code is on it, so that a plugin that lacks a jar fails here as in production.
 * Each process prints one line when it is ready, and shuts down when its standard input ends, which happens when the
 * process that started it has ended.
 */
@NullMarked
package io.catalogconnect.kafka;

import org.jspecify.annotations.NullMarked;
