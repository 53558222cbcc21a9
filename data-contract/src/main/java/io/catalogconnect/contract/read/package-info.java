/** Reads a YAML tree into the records of a contract. Reports unknown keys, wrong types and missing keys. */
@NullMarked
package io.catalogconnect.contract.read;

import org.jspecify.annotations.NullMarked;
