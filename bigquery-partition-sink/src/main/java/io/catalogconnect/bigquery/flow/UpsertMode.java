package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.DefaultStreamWriter;
import io.catalogconnect.bigquery.record.RowForm;

/**
 * {@code write.mode=upsert}: each record inserts, replaces or deletes the row with its key. The changes are written at least once, to
 * the tables' default streams. Sequence numbers make repeated changes harmless, so no lane needs an owner.
 */
record UpsertMode(LaneWriters<DefaultStreamWriter> writers, RowForm rows) implements WriteMode {}
