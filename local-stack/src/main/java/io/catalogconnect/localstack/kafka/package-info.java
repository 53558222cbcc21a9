/**
 * The broker process, its topics, and the lag of consumer groups.
 */
@NullMarked
package io.catalogconnect.localstack.kafka;

import org.jspecify.annotations.NullMarked;
