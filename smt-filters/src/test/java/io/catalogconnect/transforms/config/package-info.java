/** Tests of the keys of the transformations and the predicate. */
@NullMarked
package io.catalogconnect.transforms.config;

import org.jspecify.annotations.NullMarked;
