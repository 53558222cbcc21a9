/** Counters of a task, and their publication as metrics of the worker. */
@NullMarked
package io.catalogconnect.s3csv.metrics;

import org.jspecify.annotations.NullMarked;
