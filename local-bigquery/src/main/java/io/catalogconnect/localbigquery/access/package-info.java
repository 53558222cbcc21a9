/**
 * Permissions: what the callers of the server may do. Both APIs ask before they act. Nothing here knows a statement or a request.
 */
@NullMarked
package io.catalogconnect.localbigquery.access;

import org.jspecify.annotations.NullMarked;
