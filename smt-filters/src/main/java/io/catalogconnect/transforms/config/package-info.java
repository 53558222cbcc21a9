/**
 * Configuration of the transformations and the predicate: a table of keys for each, and the immutable record that is read
 * from it. What a condition may contain is defined in {@code condition}.
 */
@NullMarked
package io.catalogconnect.transforms.config;

import org.jspecify.annotations.NullMarked;
