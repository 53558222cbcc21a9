/** Measures how the cost of the source and the sink depends on the number of objects, lanes, dates and columns. */
@NullMarked
package io.catalogconnect.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
