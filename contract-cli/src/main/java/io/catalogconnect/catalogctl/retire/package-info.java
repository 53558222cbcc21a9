/** Deletes resources that a contract has left behind. */
@NullMarked
package io.catalogconnect.catalogctl.retire;

import org.jspecify.annotations.NullMarked;
