/** Processes of this machine. */
@NullMarked
package io.catalogconnect.toolkit.process;

import org.jspecify.annotations.NullMarked;
