package io.catalogconnect.bigquery.client;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The connector's own tables as SQL statements. */
public final class ConnectorTables {

    private ConnectorTables() {}

    /** A CREATE TABLE statement for each table, by its default name. */
    public static Map<String, String> statements(String dataset) {
        Map<String, TableShape> shapes = new LinkedHashMap<>();
        shapes.put("_catalog_connect_streams", BigQueryStreamRegistry.SHAPE);
        shapes.put("_catalog_connect_streams_checkpoints", BigQueryStreamCheckpoints.SHAPE);
        shapes.put("_catalog_connect_versions", BigQueryVersionLedger.VERSIONS);
        shapes.put("_catalog_connect_publications", BigQueryVersionLedger.PUBLICATIONS);
        Map<String, String> statements = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> statements.put(name, statement(dataset + "." + name, shape)));
        return statements;
    }

    private static String statement(String table, TableShape shape) {
        String columns = shape.columns().stream()
                .map(column -> "  " + column.name() + " " + column.type()
                        + (column.mode() == Column.Mode.REQUIRED ? " NOT NULL" : ""))
                .collect(Collectors.joining(",\n"));
        String partitions = shape.partitioning()
                .field()
                .map(field -> "\nPARTITION BY DATE(" + field + ")")
                .orElse("");
        String options = shape.partitioning()
                .expiration()
                .map(expiration -> "\nOPTIONS (partition_expiration_days = " + expiration.toDays() + ")")
                .orElse("");
        String clusters = shape.clustering().isEmpty() ? "" : "\nCLUSTER BY " + String.join(", ", shape.clustering());
        return "CREATE TABLE IF NOT EXISTS " + table + " (\n" + columns + "\n)" + partitions + clusters + options + ";";
    }
}
