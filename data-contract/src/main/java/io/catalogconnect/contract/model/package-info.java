/** The contents of a contract as immutable records. Contains no parsing and no rules. */
@NullMarked
package io.catalogconnect.contract.model;

import org.jspecify.annotations.NullMarked;
