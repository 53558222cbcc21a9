/**
 * The flow of a task's records: from records to the lane writers of their tables, and from the writers' progress to the
 * offsets that Connect may commit. Append, replace and upsert are the implementations of {@link WriteMode}.
 */
@NullMarked
package io.catalogconnect.bigquery.flow;

import org.jspecify.annotations.NullMarked;
