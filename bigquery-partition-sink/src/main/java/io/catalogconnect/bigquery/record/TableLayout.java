package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.PolicyTags;
import java.util.List;
import java.util.Map;

/** Configuration of new tables, apart from their columns. */
public record TableLayout(
        Partitioning partitioning,
        List<String> clustering,
        Map<String, String> labels,
        Descriptions descriptions,
        PolicyTags policyTags) {}
