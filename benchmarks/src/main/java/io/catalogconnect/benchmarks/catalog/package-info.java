/** Catalogue rows of the real shape, as the benchmarks need them: as CSV, as values, and as cells for a baseline. */
@NullMarked
package io.catalogconnect.benchmarks.catalog;

import org.jspecify.annotations.NullMarked;
