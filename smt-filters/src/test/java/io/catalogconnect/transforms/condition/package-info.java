/** Tests of the condition language. */
@NullMarked
package io.catalogconnect.transforms.condition;

import org.jspecify.annotations.NullMarked;
