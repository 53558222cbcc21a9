package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.record.RowForm;

/** {@code write.mode=append}: each row is appended to its table. */
record AppendMode(LaneWriters<?> writers, RowForm rows) implements WriteMode {}
