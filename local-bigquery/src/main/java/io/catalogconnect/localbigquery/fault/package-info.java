/**
 * Fault injection: rules, set from Java or over HTTP, that say which of the next calls fail and how. Both APIs consult the rules before
 * they answer. The HTTP filter that carries out faults on REST calls is here; the package {@code write} carries out faults of the Write
 * API.
 */
@NullMarked
package io.catalogconnect.localbigquery.fault;

import org.jspecify.annotations.NullMarked;
