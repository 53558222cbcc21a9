/** Two contenders by turns in one run, and the table of what came out. Knows nothing of what is measured. */
@NullMarked
package io.catalogconnect.benchmarks.duel;

import org.jspecify.annotations.NullMarked;
