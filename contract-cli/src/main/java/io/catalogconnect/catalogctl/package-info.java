/** The command line {@code catalogctl}. */
@NullMarked
package io.catalogconnect.catalogctl;

import org.jspecify.annotations.NullMarked;
