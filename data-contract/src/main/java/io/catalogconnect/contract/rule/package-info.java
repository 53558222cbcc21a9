/** Compiles the rules of a contract with the rule engine of the transformations. */
@NullMarked
package io.catalogconnect.contract.rule;

import org.jspecify.annotations.NullMarked;
