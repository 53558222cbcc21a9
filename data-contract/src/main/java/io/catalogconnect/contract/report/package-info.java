/** Findings as text, JSON and SARIF, and the escapes of these formats. */
@NullMarked
package io.catalogconnect.contract.report;

import org.jspecify.annotations.NullMarked;
