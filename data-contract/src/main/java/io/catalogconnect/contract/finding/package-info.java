/** Findings of the lint, and their places in a file. Contains no rules. */
@NullMarked
package io.catalogconnect.contract.finding;

import org.jspecify.annotations.NullMarked;
