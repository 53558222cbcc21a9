/** Tables and facts through BigQuery's client. */
@NullMarked
package io.catalogconnect.catalogctl.live.bigquery;

import org.jspecify.annotations.NullMarked;
