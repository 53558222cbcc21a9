/** Tests of the transformations, and the catalogue rows that they share. */
@NullMarked
package io.catalogconnect.transforms;

import org.jspecify.annotations.NullMarked;
