/** Has a source read files again. A replay is recorded in the log of the contract, so that another process can end it. */
@NullMarked
package io.catalogconnect.catalogctl.replay;

import org.jspecify.annotations.NullMarked;
