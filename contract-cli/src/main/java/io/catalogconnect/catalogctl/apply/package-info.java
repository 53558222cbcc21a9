/** Execution of a plan under a lease. */
@NullMarked
package io.catalogconnect.catalogctl.apply;

import org.jspecify.annotations.NullMarked;
