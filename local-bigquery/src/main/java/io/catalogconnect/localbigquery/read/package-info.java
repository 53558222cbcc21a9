/**
 * The Storage Read API: read sessions, their streams, and the two formats of rows. Rows come from snapshots that package {@code job} takes;
 * no SQL is translated here.
 */
@NullMarked
package io.catalogconnect.localbigquery.read;

import org.jspecify.annotations.NullMarked;
