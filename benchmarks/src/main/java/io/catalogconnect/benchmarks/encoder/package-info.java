/** What it costs to make a row of the Storage Write API out of a record. */
@NullMarked
package io.catalogconnect.benchmarks.encoder;

import org.jspecify.annotations.NullMarked;
