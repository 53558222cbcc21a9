package io.catalogconnect.localstack.replace;

import com.google.cloud.bigquery.FieldValueList;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a table shows at one moment: how many rows of which version, by date.
 *
 * @param rows by {@code date/name#version}
 */
record Shown(Map<String, Long> rows) {

    static Shown of(CatalogDataset dataset, String table) throws InterruptedException {
        Map<String, Long> rows = new TreeMap<>();
        for (FieldValueList row : dataset.query(
                        "SELECT catalog_date, comment, COUNT(*) AS n FROM " + table + " GROUP BY catalog_date, comment")
                .iterateAll()) {
            rows.put(
                    row.get("catalog_date").getStringValue() + "/"
                            + row.get("comment").getStringValue(),
                    row.get("n").getLongValue());
        }
        return new Shown(rows);
    }

    /** The part whose dates begin so. */
    Shown of(String dates) {
        Map<String, Long> part = new TreeMap<>(rows);
        part.keySet().removeIf(version -> !version.startsWith(dates));
        return new Shown(part);
    }

    static Shown exactly(Catalogue... catalogues) {
        Map<String, Long> rows = new TreeMap<>();
        for (Catalogue catalogue : catalogues) {
            if (catalogue.rows() > 0) {
                rows.put(catalogue.date() + "/" + catalogue.tag(), (long) catalogue.rows());
            }
        }
        return new Shown(rows);
    }
}
