/** Runs the quality checks of a contract, and reports the results. */
@NullMarked
package io.catalogconnect.catalogctl.check;

import org.jspecify.annotations.NullMarked;
