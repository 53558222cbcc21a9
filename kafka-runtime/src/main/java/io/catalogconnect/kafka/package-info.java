/**
 * A Kafka broker and a Kafka Connect worker, each as a separate process with the class path of Kafka's distribution: no
 * plugin, no Google or AWS code is on it, so that a plugin that forgets to bring a jar fails here as it would in production.
 * Each process prints one line when it serves, and ends in good order when its standard input ends, which it does when the
 * process that started it is gone.
 */
@NullMarked
package io.catalogconnect.kafka;

import org.jspecify.annotations.NullMarked;
