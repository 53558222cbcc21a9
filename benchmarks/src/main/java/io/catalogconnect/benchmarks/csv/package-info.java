/** What it costs to know the bytes of each CSV record. */
@NullMarked
package io.catalogconnect.benchmarks.csv;

import org.jspecify.annotations.NullMarked;
