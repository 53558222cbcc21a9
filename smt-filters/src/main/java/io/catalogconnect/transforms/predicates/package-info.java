/** Predicates of Kafka Connect's API, which make any transformation act on what a record holds. */
@NullMarked
package io.catalogconnect.transforms.predicates;

import org.jspecify.annotations.NullMarked;
