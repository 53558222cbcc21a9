/** Computes pseudonyms of fields of Structs and Maps. Knows nothing about records, topics or configuration. */
@NullMarked
package io.catalogconnect.transforms.pseudonym;

import org.jspecify.annotations.NullMarked;
