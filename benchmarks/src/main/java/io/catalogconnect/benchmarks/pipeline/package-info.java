/** The source and the sink in a real worker, each beside its baseline, on a stack that is started for it and removed. */
@NullMarked
package io.catalogconnect.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
