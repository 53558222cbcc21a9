/** Jobs and figures without a server. */
@NullMarked
package io.catalogconnect.localbigquery.job;

import org.jspecify.annotations.NullMarked;
