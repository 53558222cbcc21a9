/**
 * Transformations that Connect instantiates, and their base classes. Configuration lives in {@code config}, the application
 * of a rule to a record in {@code rule}, the condition language in {@code condition}.
 */
@NullMarked
package io.catalogconnect.transforms;

import org.jspecify.annotations.NullMarked;
