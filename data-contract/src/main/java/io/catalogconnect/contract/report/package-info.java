/** Findings as text, JSON and SARIF. */
@NullMarked
package io.catalogconnect.contract.report;

import org.jspecify.annotations.NullMarked;
