/**
 * The connectors that the shipped ones are measured against: a source that has its records in memory, and a sink that counts. All that a
 * worker finds on its plugin path of this module; knows nothing of the rest of it.
 */
@NullMarked
package io.catalogconnect.benchmarks.connectors;

import org.jspecify.annotations.NullMarked;
