/** Quality checks as queries, and the comparison of their results with the limits. Runs no query. */
@NullMarked
package io.catalogconnect.contract.quality;

import org.jspecify.annotations.NullMarked;
