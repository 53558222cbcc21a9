/**
 * Jobs: queries, loads and copies, their states, statistics and results, and the uniqueness of their ids over restarts. Knows the store and the SQL
 * translation; no HTTP.
 */
@NullMarked
package io.catalogconnect.localbigquery.job;

import org.jspecify.annotations.NullMarked;
