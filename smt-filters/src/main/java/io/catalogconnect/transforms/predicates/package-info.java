/** Predicate that Connect instantiates, so that any transformation can depend on the content of a record. */
@NullMarked
package io.catalogconnect.transforms.predicates;

import org.jspecify.annotations.NullMarked;
