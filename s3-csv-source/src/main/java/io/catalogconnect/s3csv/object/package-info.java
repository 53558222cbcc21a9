/**
 * Names objects, lists and opens them through a port, and keeps a stream of one object whole while connections break. Which
 * vendor stores the objects is known below, in the adapter.
 */
@NullMarked
package io.catalogconnect.s3csv.object;

import org.jspecify.annotations.NullMarked;
