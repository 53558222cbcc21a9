/** Measures how the cost of the sink depends on the number of lanes and dates. */
@NullMarked
package io.catalogconnect.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
