/** The Storage Write API as Google's Java client sees it. */
@NullMarked
package io.catalogconnect.localbigquery.write;

import org.jspecify.annotations.NullMarked;
