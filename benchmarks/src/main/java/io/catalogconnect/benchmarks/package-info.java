/** The command line: which benchmarks to run, and one table of what came out. */
@NullMarked
package io.catalogconnect.benchmarks;

import org.jspecify.annotations.NullMarked;
