package io.catalogconnect.localbigquery.sql.translation;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Table;
import io.catalogconnect.localbigquery.sql.plan.TableBytes;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.Catalog;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.Sql;
import io.catalogconnect.localbigquery.store.StoreException;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The views SCHEMATA, TABLES, COLUMNS, PARTITIONS and VIEWS over the catalog, JOBS, and {@code __TABLES__}. DuckDB counts the rows of partitions. */
final class InformationSchema {

    private static final Map<String, List<ResultColumn>> VIEWS = Map.of(
            "SCHEMATA",
            columns(
                    "catalog_name STRING",
                    "schema_name STRING",
                    "schema_owner STRING",
                    "creation_time TIMESTAMP",
                    "last_modified_time TIMESTAMP",
                    "location STRING"),
            "TABLES",
            columns(
                    "table_catalog STRING",
                    "table_schema STRING",
                    "table_name STRING",
                    "table_type STRING",
                    "is_insertable_into STRING",
                    "creation_time TIMESTAMP"),
            "COLUMNS",
            columns(
                    "table_catalog STRING",
                    "table_schema STRING",
                    "table_name STRING",
                    "column_name STRING",
                    "ordinal_position INT64",
                    "is_nullable STRING",
                    "data_type STRING",
                    "is_hidden STRING",
                    "is_partitioning_column STRING",
                    "clustering_ordinal_position INT64",
                    "column_default STRING"),
            "PARTITIONS",
            columns(
                    "table_catalog STRING",
                    "table_schema STRING",
                    "table_name STRING",
                    "partition_id STRING",
                    "total_rows INT64",
                    "total_logical_bytes INT64"),
            "VIEWS",
            columns(
                    "table_catalog STRING",
                    "table_schema STRING",
                    "table_name STRING",
                    "view_definition STRING",
                    "use_standard_sql STRING"));

    /** The columns of {@code __TABLES__} of a dataset. */
    private static final List<ResultColumn> META_TABLES = columns(
            "project_id STRING",
            "dataset_id STRING",
            "table_id STRING",
            "creation_time INT64",
            "last_modified_time INT64",
            "row_count INT64",
            "size_bytes INT64",
            "type INT64");

    /** A view as a query. */
    record View(String sql, List<ResultColumn> columns) {}

    private InformationSchema() {}

    private static List<ResultColumn> columns(String... columns) {
        List<ResultColumn> list = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(" ", -1);
            list.add(new ResultColumn(parts[0], DataType.of(DataType.Kind.valueOf(parts[1]))));
        }
        return List.copyOf(list);
    }

    /** The view with this path, if it exists. */
    static Optional<View> find(List<String> path, TranslationContext context) {
        if (path.size() > 1 && path.get(path.size() - 1).equalsIgnoreCase("__TABLES__")) {
            List<StoredTable> all = tables(context.environment(), path.subList(0, path.size() - 1));
            return Optional.of(new View(metaTables(all), META_TABLES));
        }
        int at = path.size() - 2;
        if (at < 0 || !path.get(at).equalsIgnoreCase("INFORMATION_SCHEMA")) {
            return Optional.empty();
        }
        String name = path.get(at + 1).toUpperCase(Locale.ROOT);
        if (JobsView.NAMES.contains(name)) {
            return Optional.of(jobs(path.subList(0, at), name, context.environment()));
        }
        List<ResultColumn> columns = VIEWS.get(name);
        if (columns == null) {
            throw SqlError.unsupported("INFORMATION_SCHEMA." + name);
        }
        StatementEnvironment environment = context.environment();
        if (name.equals("SCHEMATA")) {
            String project = at == 0 || isRegion(path.get(0)) ? environment.project() : path.get(0);
            return Optional.of(new View(values(schemata(environment.catalog(), project), columns), columns));
        }
        List<StoredTable> tables = tables(environment, path.subList(0, at));
        String sql = switch (name) {
            case "TABLES" ->
                values(tables.stream().map(InformationSchema::table).toList(), columns);
            case "COLUMNS" ->
                values(tables.stream().flatMap(t -> tableColumns(t).stream()).toList(), columns);
            case "VIEWS" ->
                values(
                        tables.stream()
                                .filter(StoredTable::isView)
                                .map(InformationSchema::view)
                                .toList(),
                        columns);
            default -> partitions(tables, columns);
        };
        return Optional.of(new View(sql, columns));
    }

    private static View jobs(List<String> path, String name, StatementEnvironment environment) {
        boolean region = path.isEmpty() || isRegion(path.get(path.size() - 1));
        if (!region || path.size() > 2) {
            throw new SqlError("INFORMATION_SCHEMA." + name + " must be qualified with a region");
        }
        String project = path.size() == 2 ? path.get(0) : environment.project();
        return new View(values(JobsView.rows(environment.jobs().jobs(project)), JobsView.COLUMNS), JobsView.COLUMNS);
    }

    private static boolean isRegion(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("region-");
    }

    private static List<StoredTable> tables(StatementEnvironment environment, List<String> path) {
        Catalog catalog = environment.catalog();
        DatasetReference dataset = environment.dataset();
        if (path.isEmpty() && dataset == null) {
            throw new SqlError("INFORMATION_SCHEMA must be qualified with a dataset or a region");
        }
        if (!path.isEmpty() && isRegion(path.get(path.size() - 1))) {
            String project = path.size() == 1 ? environment.project() : path.get(0);
            return catalog.visibleDatasets(project).stream()
                    .flatMap(d ->
                            catalog
                                    .tables(new DatasetRef(
                                            project, d.getDatasetReference().getDatasetId()))
                                    .stream())
                    .toList();
        }
        DatasetRef ref = path.isEmpty() && dataset != null
                ? new DatasetRef(environment.project(), dataset.getDatasetId())
                : path.size() == 1
                        ? new DatasetRef(environment.project(), path.get(0))
                        : new DatasetRef(path.get(0), path.get(1));
        if (catalog.dataset(ref).isEmpty()) {
            throw new StoreException(
                    StoreException.Reason.NOT_FOUND, "Not found: Dataset " + ref + " was not found in location US");
        }
        return catalog.tables(ref);
    }

    private static List<List<String>> schemata(Catalog catalog, String project) {
        List<List<String>> rows = new ArrayList<>();
        for (Dataset dataset : catalog.visibleDatasets(project)) {
            rows.add(List.of(
                    text(project),
                    text(dataset.getDatasetReference().getDatasetId()),
                    "NULL",
                    time(dataset.getCreationTime()),
                    time(dataset.getLastModifiedTime()),
                    text(dataset.getLocation())));
        }
        return rows;
    }

    private static List<String> prefix(StoredTable table) {
        return List.of(
                text(table.ref().project()),
                text(table.ref().dataset()),
                text(table.ref().table()));
    }

    private static List<String> row(StoredTable table, String... more) {
        List<String> row = new ArrayList<>(prefix(table));
        row.addAll(List.of(more));
        return row;
    }

    private static List<String> table(StoredTable table) {
        boolean view = table.isView();
        return row(
                table,
                text(view ? "VIEW" : "BASE TABLE"),
                text(view ? "NO" : "YES"),
                time(table.resource().getCreationTime()));
    }

    private static List<String> view(StoredTable table) {
        return row(table, text(table.resource().getView().getQuery()), text("YES"));
    }

    private static List<List<String>> tableColumns(StoredTable table) {
        List<List<String>> rows = new ArrayList<>();
        String partition = table.partitioning().field().orElse("");
        List<String> clustering = table.resource().getClustering() == null
                ? List.of()
                : table.resource().getClustering().getFields();
        int ordinal = 0;
        for (Column column : table.columns()) {
            int cluster = clustering.indexOf(column.name());
            rows.add(row(
                    table,
                    text(column.name()),
                    Integer.toString(++ordinal),
                    text(column.required() ? "NO" : "YES"),
                    text(typeText(column)),
                    text("NO"),
                    text(column.name().equals(partition) ? "YES" : "NO"),
                    cluster < 0 ? "NULL" : Integer.toString(cluster + 1),
                    text(column.defaultExpression().orElse("NULL"))));
        }
        return rows;
    }

    private static String typeText(Column column) {
        String element = column.type() == FieldType.STRUCT
                ? column.fields().stream()
                        .map(f -> f.name() + " " + typeText(f))
                        .collect(Collectors.joining(", ", "STRUCT<", ">"))
                : column.typeText();
        return column.repeated() ? "ARRAY<" + element + ">" : element;
    }

    private static String metaTables(List<StoredTable> tables) {
        List<String> parts = new ArrayList<>();
        for (StoredTable table : tables) {
            Table resource = table.resource();
            String start = "SELECT " + String.join(", ", prefix(table)) + ", " + resource.getCreationTime() + ", "
                    + resource.getLastModifiedTime() + ", ";
            parts.add(
                    table.isView()
                            ? start + "0, 0, 2"
                            : start + "count(*), CAST(coalesce(sum(" + TableBytes.row(table)
                                    + "), 0) AS BIGINT), 1 FROM " + table.sqlName());
        }
        return parts.isEmpty()
                ? values(List.of(), META_TABLES)
                : "SELECT * FROM (" + String.join(" UNION ALL ", parts) + ") AS _t(" + aliases(META_TABLES) + ")";
    }

    private static String partitions(List<StoredTable> tables, List<ResultColumn> columns) {
        List<String> parts = new ArrayList<>();
        for (StoredTable table : tables) {
            if (table.isView()) {
                continue;
            }
            String names = String.join(", ", prefix(table));
            String bytes = "CAST(coalesce(sum(" + TableBytes.row(table) + "), 0) AS BIGINT)";
            Optional<String> id = table.partitioning().sqlId();
            parts.add(
                    id.isEmpty()
                            ? "SELECT " + names + ", CAST(NULL AS VARCHAR), count(*), " + bytes + " FROM "
                                    + table.sqlName()
                            : "SELECT " + names + ", " + id.get() + " AS _id, count(*), " + bytes + " FROM "
                                    + table.sqlName() + " GROUP BY _id");
        }
        if (parts.isEmpty()) {
            return values(List.of(), columns);
        }
        return "SELECT * FROM (" + String.join(" UNION ALL ", parts) + ") AS _p(" + aliases(columns) + ")";
    }

    private static String aliases(List<ResultColumn> columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add(QueryTranslator.column(i));
        }
        return String.join(", ", names);
    }

    /** DuckDB's SQL of rows of constants. */
    static String values(List<List<String>> rows, List<ResultColumn> columns) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String type = columns.get(i).type().duckType();
            items.add("CAST(" + QueryTranslator.column(i) + " AS " + type + ") AS " + QueryTranslator.column(i));
        }
        String nulls = columns.stream().map(c -> "NULL").collect(Collectors.joining(", ", "(", ")"));
        String list = rows.isEmpty()
                ? nulls
                : rows.stream().map(row -> "(" + String.join(", ", row) + ")").collect(Collectors.joining(", "));
        return "SELECT " + String.join(", ", items) + " FROM (VALUES " + list + ") AS _v(" + aliases(columns) + ")"
                + (rows.isEmpty() ? " WHERE FALSE" : "");
    }

    private static String text(@Nullable String value) {
        return value == null ? "NULL" : Sql.literal(value);
    }

    private static String time(@Nullable Long millis) {
        return millis == null ? "NULL" : "TIMESTAMPTZ '" + Instant.ofEpochMilli(millis) + "'";
    }
}
