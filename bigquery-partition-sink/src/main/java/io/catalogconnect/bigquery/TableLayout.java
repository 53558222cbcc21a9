package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.table.Partitioning;
import java.util.List;
import java.util.Map;

/** What the configuration says of new tables, besides their columns. */
record TableLayout(
        Partitioning partitioning, List<String> clustering, Map<String, String> labels, Descriptions descriptions) {}
