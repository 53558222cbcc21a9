/**
 * Transformations of Kafka Connect's API that act on what a record holds.
 *
 * <p>Here live configuration, policies and errors; the language that the conditions are written in lives in
 * {@code condition}, and nothing here looks into a condition's text.
 */
@NullMarked
package io.catalogconnect.transforms;

import org.jspecify.annotations.NullMarked;
