/**
 * What to write, given what is written: the state machine that owns a partition's stream, sends rows at explicit
 * offsets and settles the answers in order, and the ports it needs. Pure: no SDK, no Connect API, no threads, no clock.
 */
@NullMarked
package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.NullMarked;
