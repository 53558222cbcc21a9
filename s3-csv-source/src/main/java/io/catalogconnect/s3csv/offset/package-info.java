/**
 * Progress, to and from the maps that Connect stores. What is done with it is decided elsewhere.
 *
 * <p>An object's progress is stored under {@code {"object": "s3://bucket/key"}}. It can only move with a record that is sent,
 * because Connect stores an offset with its record and in no other way. So the last good row of an object carries the mark
 * {@code done}, which the reader knows because it looks one row ahead; where an end marker or an event follows the last row,
 * the last of these carries it, so that a crash in between sends them again. An object without a single good row has no record
 * that could carry its mark, unless there are markers or events: it has no entry, and it costs one short read after each start
 * of a task, until another version of it gives it one.
 */
@NullMarked
package io.catalogconnect.s3csv.offset;

import org.jspecify.annotations.NullMarked;
