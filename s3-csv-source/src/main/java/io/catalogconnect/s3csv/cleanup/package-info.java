/**
 * Clean-up of completed objects: objects whose end is in the committed offsets. How an object is tagged or moved is decided in
 * {@code object.s3}; clean-up never changes which rows are read.
 */
@NullMarked
package io.catalogconnect.s3csv.cleanup;

import org.jspecify.annotations.NullMarked;
