package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import io.catalogconnect.catalogctl.live.TableSize;
import io.catalogconnect.contract.render.SqlText;
import io.catalogconnect.contract.render.TableSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the sizes of tables with two queries: one of metadata, and one of a column in the newest partition of each table. */
record SizeQuery(Dataset dataset, String timestampColumn) {
    /** Length of a partition ID of a day. */
    private static final int DAY = 8;

    Map<String, TableSize> run(Collection<TableSpec> tables) {
        Map<String, TableSize> sizes = new HashMap<>();
        if (tables.isEmpty()) {
            return sizes;
        }
        for (FieldValueList row : dataset.rows(sizesSql(tables))) {
            FieldValue newest = row.get("newest");
            sizes.put(
                    row.get("name").getStringValue(),
                    new TableSize(
                            row.get("n").getLongValue(),
                            row.get("parts").getLongValue(),
                            newest.isNull() ? "" : newest.getStringValue(),
                            Optional.empty()));
        }
        List<String> parts = new ArrayList<>();
        for (TableSpec table : tables) {
            TableSize size = sizes.get(table.name());
            if (size != null && size.rows() > 0 && !timestampColumn.isEmpty()) {
                parts.add(newestRowSql(table, size.newest()));
            }
        }
        if (!parts.isEmpty()) {
            for (FieldValueList row : dataset.rows(String.join(" UNION ALL ", parts))) {
                FieldValue time = row.get("t");
                if (!time.isNull()) {
                    sizes.computeIfPresent(
                            row.get("name").getStringValue(), (name, size) -> withNewestRow(size, time.getLongValue()));
                }
            }
        }
        return sizes;
    }

    /** The numbers of rows of the newest partitions, the newest first. */
    Map<String, Long> partitions(String table, int most) {
        Map<String, Long> partitions = new LinkedHashMap<>();
        for (FieldValueList row : dataset.rows("SELECT IFNULL(partition_id, '') AS id, total_rows AS n FROM "
                + dataset.sqlView("PARTITIONS") + " WHERE table_name = " + SqlText.string(table)
                + " AND total_rows > 0 ORDER BY id DESC LIMIT " + most)) {
            partitions.put(row.get("id").getStringValue(), row.get("n").getLongValue());
        }
        return partitions;
    }

    private static TableSize withNewestRow(TableSize size, long millis) {
        return new TableSize(size.rows(), size.partitions(), size.newest(), Optional.of(Instant.ofEpochMilli(millis)));
    }

    private String sizesSql(Collection<TableSpec> tables) {
        String names = SqlText.list(tables.stream().map(TableSpec::name));
        // Rows that are still in the write buffer, or have no date, are in partitions whose IDs start with __.
        String isShown = "total_rows > 0 AND NOT STARTS_WITH(IFNULL(partition_id, '__'), '__')";
        return "SELECT t.table_name AS name, IFNULL(s.n, 0) AS n, IFNULL(s.parts, 0) AS parts, s.newest AS newest FROM "
                + view("TABLES") + " AS t LEFT JOIN (SELECT table_name, SUM(total_rows) AS n, COUNTIF(" + isShown
                + ") AS parts, MAX(IF(" + isShown + ", partition_id, NULL)) AS newest FROM " + view("PARTITIONS")
                + " WHERE table_name IN " + names + " GROUP BY table_name) AS s ON s.table_name = t.table_name"
                + " WHERE t.table_name IN " + names;
    }

    /** @param newest ID of the newest partition with a date; empty if all rows are in the write buffer or have no date */
    String newestRowSql(TableSpec table, String newest) {
        Optional<String> filter = newest.isEmpty() || table.partitionField().isEmpty()
                ? table.requiredFilter()
                : Optional.of(SqlText.name(table.partitionField()) + " >= " + SqlText.string(start(newest)));
        return "SELECT " + SqlText.string(table.name()) + " AS name, UNIX_MILLIS(MAX(" + SqlText.name(timestampColumn)
                + ")) AS t FROM " + dataset.sqlName(table.name())
                + filter.map(condition -> " WHERE " + condition).orElse("");
    }

    /** The first date or time of a partition, as BigQuery writes it: its ID has the form yyyy, yyyyMM, yyyyMMdd or yyyyMMddHH. */
    static String start(String id) {
        String padded = id + "00000101".substring(Math.min(id.length(), DAY));
        String day = padded.substring(0, 4) + "-" + padded.substring(4, 6) + "-" + padded.substring(6, DAY);
        return id.length() > DAY ? day + " " + id.substring(DAY) + ":00:00" : day;
    }

    private String view(String name) {
        return dataset.sqlView(name);
    }
}
