/** The commands of {@code catalogctl}. Each one reads its arguments, calls the library, and prints the result. */
@NullMarked
package io.catalogconnect.catalogctl.cli;

import org.jspecify.annotations.NullMarked;
