/** Compares two versions of a contract: what changes for consumers, and which version number the change needs. */
@NullMarked
package io.catalogconnect.contract.compare;

import org.jspecify.annotations.NullMarked;
