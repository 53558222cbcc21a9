/**
 * The sink's configuration: the tables of its keys, the checks of several keys, and the settings that the rest of the sink
 * reads. Nothing else reads a configuration.
 */
@NullMarked
package io.catalogconnect.bigquery.config;

import org.jspecify.annotations.NullMarked;
