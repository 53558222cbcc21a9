/** Tests of the predicates. */
@NullMarked
package io.catalogconnect.transforms.predicates;

import org.jspecify.annotations.NullMarked;
