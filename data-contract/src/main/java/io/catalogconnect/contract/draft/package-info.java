/** Drafts a contract from an inspected file. Reads no file. */
@NullMarked
package io.catalogconnect.contract.draft;

import org.jspecify.annotations.NullMarked;
