/**
 * Puts away what is done for certain: objects whose end is among the committed offsets. How an object is put away is the store's;
 * which rows are read, and by whom, is decided elsewhere and is never changed from here.
 */
@NullMarked
package io.catalogconnect.s3csv.cleanup;

import org.jspecify.annotations.NullMarked;
