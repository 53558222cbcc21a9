/** The GoogleSQL subset against Google's own engine, and what it refuses. */
@NullMarked
package io.catalogconnect.localbigquery.sql;

import org.jspecify.annotations.NullMarked;
