/**
 * Replace mode: a table shows the newest complete version of each object, and never a part of a version.
 *
 * <p>Rows are appended exactly once to a history table. When the end marker of an object arrives, and all rows before it in
 * its topic partition are acknowledged and visible, the version is recorded as complete. That is a permanent fact, however
 * many tasks record it. The versions that a unit (a date partition, or the whole table) shows follow from these facts alone:
 * the newest complete version of every object, by time of modification, then by Kafka offset.
 *
 * <p>A publication is one query job, which replaces all rows of a unit or none. Each unit has one
 * publication record, changed by compare-and-set only: the job, its versions, and whether it is done. The rules:
 *
 * <ul>
 *   <li>A: every task submits exactly the job that the record names; BigQuery accepts a job id once, so the job runs once.
 *   <li>B: the record names the next job only after the present one has ended. Jobs of a unit never overlap, and a job that
 *       a stopped task submits late finds its id taken.
 *   <li>C: the versions of the next job are read after the record, so they are never older than the present ones.
 *   <li>D: an end marker is settled when its version belongs to a job that is done, or a newer version is complete.
 * </ul>
 *
 * <p>Pure: no SDK, no Connect API, no threads, no clock. The adapters of the ports are in {@code client}.
 */
@NullMarked
package io.catalogconnect.bigquery.replace;

import org.jspecify.annotations.NullMarked;
