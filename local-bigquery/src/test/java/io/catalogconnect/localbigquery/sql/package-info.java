/** Tests that compare the GoogleSQL subset with Google's own engine, and tests of its refusals. */
@NullMarked
package io.catalogconnect.localbigquery.sql;

import org.jspecify.annotations.NullMarked;
