/** Checks that need more than one key of a contract. */
@NullMarked
package io.catalogconnect.contract.lint;

import org.jspecify.annotations.NullMarked;
