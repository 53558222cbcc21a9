/**
 * Writing the rows of a lane: the state machine that owns a stream, appends rows at explicit stream offsets and settles
 * the answers in order, and the ports it needs. Pure: no SDK, no Connect API, no threads, no clock.
 */
@NullMarked
package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.NullMarked;
