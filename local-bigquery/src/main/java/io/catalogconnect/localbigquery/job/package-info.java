/**
 * Jobs: runs queries, loads and copies; keeps their states, statistics and results; keeps job ids unique across restarts. Uses the packages
 * {@code store} and {@code sql}. Does not know HTTP.
 */
@NullMarked
package io.catalogconnect.localbigquery.job;

import org.jspecify.annotations.NullMarked;
