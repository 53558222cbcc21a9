/** Polling of other processes. */
@NullMarked
package io.catalogconnect.toolkit.wait;

import org.jspecify.annotations.NullMarked;
