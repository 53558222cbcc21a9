/**
 * Progress, to and from the maps that Connect stores. What is done with it is decided elsewhere.
 *
 * <p>An object's progress is stored under {@code {"object": "s3://bucket/key"}}. It can only move with a record that is sent,
 * because Connect stores an offset with its record and in no other way. So the last good row of an object carries the mark
 * {@code done}, which the reader knows because it looks one row ahead. An object without a single good row has no record
 * that could carry its mark: it has no entry, and it costs one short read after each start of a task, until the first
 * object event or another version of it gives it one.
 */
@NullMarked
package io.catalogconnect.s3csv.offset;

import org.jspecify.annotations.NullMarked;
