/**
 * Replacing what a reader sees by whole versions of objects, and nothing less.
 *
 * <p>Rows are appended exactly once to a history table. When an object's end comes by, and all rows before it in its topic
 * partition are acknowledged and can be seen, the version is written down as complete: a fact that is true for ever, whoever
 * says it and how often. Which versions a partition (or the table) is to show follows from these facts alone: the newest
 * complete one of every object, by time of modification, then by Kafka offset.
 *
 * <p>Showing them is one query job with WRITE_TRUNCATE, which replaces all or nothing. One record for each unit (a
 * partition, or the table), changed by compare-and-set only, names the job that is to run, its versions and whether it is
 * done. The rules:
 *
 * <ul>
 *   <li>A: a job is submitted only as the record names it, by whoever; its id is taken once, so that it runs once.
 *   <li>B: the record names the next job only after the present one has ended. So the jobs of a unit never overlap, and
 *       one that a stopped task submits late finds its id taken.
 *   <li>C: the next job's versions are read after the record was, so that they are never older than the present ones.
 *   <li>D: an object's end is done when its version is among those of a job that is done, or a newer one is complete.
 * </ul>
 *
 * <p>Pure: no SDK, no Connect API, no threads, no clock. The tables and jobs behind the ports are in {@code client}.
 */
@NullMarked
package io.catalogconnect.bigquery.replace;

import org.jspecify.annotations.NullMarked;
