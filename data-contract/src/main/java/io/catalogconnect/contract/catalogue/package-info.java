/** The catalogue of all contracts as static HTML and Markdown pages. The pages contain no scripts, and all texts are escaped. */
@NullMarked
package io.catalogconnect.contract.catalogue;

import org.jspecify.annotations.NullMarked;
