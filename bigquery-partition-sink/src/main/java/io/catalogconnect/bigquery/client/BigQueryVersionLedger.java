package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.Publication;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.replace.UnitState;
import io.catalogconnect.bigquery.replace.VersionLedger;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Complete versions and publication records as two tables of the dataset. A version may be stored twice, which has no
 * effect. As in the registry of streams, two tasks may both insert a unit's first record: an update changes both, or none.
 * Thread-safe.
 */
public final class BigQueryVersionLedger implements VersionLedger {

    static final TableShape VERSIONS = new TableShape(
            List.of(
                    text("version_id"),
                    text("connector"),
                    text("table_name"),
                    text("unit"),
                    Column.of("object_date", ColumnType.DATE, Column.Mode.REQUIRED),
                    text("object_bucket"),
                    text("object_key"),
                    text("etag"),
                    Column.of("modified", ColumnType.TIMESTAMP, Column.Mode.REQUIRED),
                    text("topic"),
                    number("kafka_partition"),
                    number("kafka_offset"),
                    number("after_offset"),
                    number("object_rows"),
                    number("object_rejects"),
                    number("kept_rows"),
                    Column.of("completed_at", ColumnType.TIMESTAMP, Column.Mode.REQUIRED)),
            Partitioning.NONE,
            List.of("table_name", "unit"));
    static final TableShape PUBLICATIONS = new TableShape(
            List.of(
                    text("table_name"),
                    text("unit"),
                    number("sequence"),
                    text("job_id"),
                    text("versions"),
                    Column.of("done", ColumnType.BOOL, Column.Mode.REQUIRED),
                    Column.of("named_at", ColumnType.TIMESTAMP, Column.Mode.REQUIRED),
                    Column.of("day", ColumnType.DATE, Column.Mode.REQUIRED),
                    number("jobs_today")),
            Partitioning.NONE,
            List.of("table_name", "unit"));

    private final Service service;
    private final Queries queries;
    private final BigQueryTableCatalog catalog;
    private final ReplaceTables tables;
    private final String connector;
    private final String versions;
    private final String publications;
    private final AtomicBoolean created = new AtomicBoolean();

    BigQueryVersionLedger(
            Service service, Queries queries, BigQueryTableCatalog catalog, ReplaceTables tables, String connector) {
        this.service = service;
        this.queries = queries;
        this.catalog = catalog;
        this.tables = tables;
        this.connector = connector;
        this.versions = service.sqlName(tables.versions());
        this.publications = service.sqlName(tables.publications());
    }

    @Override
    public CompletableFuture<Long> complete(ObjectVersion version, long minimumRows) {
        return queries.run("recording that " + version + " is complete", () -> {
            createTables();
            return add(version, minimumRows);
        });
    }

    @Override
    public CompletableFuture<UnitState> look(UnitKey unit) {
        return queries.run("reading the state of " + unit, () -> {
            createTables();
            Map<String, QueryParameterValue> key = key(unit);
            FieldValueList row = first(VersionSql.record(publications), key).orElse(null);
            if (row == null) {
                queries.changeNow(VersionSql.addRecord(publications), key);
                row = only(VersionSql.record(publications), key);
            }
            Publication publication = new Publication(
                    row.get("sequence").getLongValue(),
                    row.get("job_id").getStringValue(),
                    split(row.get("versions").getStringValue()),
                    row.get("done").getBooleanValue());
            long age = row.get("age").getLongValue();
            long jobsToday = only(VersionSql.jobsToday(publications), Map.of("table", string(unit.table())))
                    .get("jobs")
                    .getLongValue();
            return new UnitState(publication, age, jobsToday, newest(unit)); // the versions are read last: rule C
        });
    }

    @Override
    public CompletableFuture<Optional<String>> missingRows(UnitKey unit, Collection<String> ids) {
        return queries.run("counting the rows of " + unit, () -> {
            String history = tables.history(unit.table());
            if (catalog.columns(history).isEmpty()) {
                return Optional.empty(); // no version has a row: a history is created with its first row
            }
            return first(VersionSql.missingRows(versions, service.sqlName(history)), shown(unit, ids))
                    .map(row -> "table " + history + " has "
                            + row.get("present").getLongValue() + " of the "
                            + row.get("kept").getLongValue()
                            + " rows of s3://" + row.get("bucket").getStringValue() + "/"
                            + row.get("object_key").getStringValue() + ".");
        });
    }

    @Override
    public CompletableFuture<Boolean> replace(UnitKey unit, Publication expected, Publication next) {
        return queries.run("changing the publication record of " + unit, () -> {
            Map<String, QueryParameterValue> parameters = key(unit);
            parameters.put("sequence", QueryParameterValue.int64(expected.sequence()));
            parameters.put("next_job", string(next.jobId()));
            if (next.sequence() == expected.sequence()) {
                return queries.changeNow(VersionSql.setDone(publications), parameters) > 0;
            }
            parameters.put("done", QueryParameterValue.bool(expected.done()));
            parameters.put("next_sequence", QueryParameterValue.int64(next.sequence()));
            parameters.put("next_versions", string(String.join(",", next.versions())));
            return queries.changeNow(VersionSql.nameJob(publications), parameters) > 0;
        });
    }

    /** Parameters of the statements over the rows that a unit shows. */
    static Map<String, QueryParameterValue> shown(UnitKey unit, Collection<String> ids) {
        Map<String, QueryParameterValue> parameters = key(unit);
        parameters.put("versions", QueryParameterValue.array(ids.toArray(new String[0]), StandardSQLTypeName.STRING));
        String[] dates = ids.stream()
                .map(id -> ObjectVersion.dateOf(id).toString())
                .distinct()
                .toArray(String[]::new);
        parameters.put("dates", QueryParameterValue.array(dates, StandardSQLTypeName.DATE));
        return parameters;
    }

    private long add(ObjectVersion version, long minimumRows) throws InterruptedException {
        Map<String, QueryParameterValue> parameters = key(version.unit());
        parameters.put("topic", string(version.topic()));
        parameters.put("partition", QueryParameterValue.int64(version.partition()));
        parameters.put("offset", QueryParameterValue.int64(version.offset()));
        parameters.put("bucket", string(version.object().bucket()));
        parameters.put("key", string(version.object().key()));
        Map<String, QueryParameterValue> place = new HashMap<>(parameters);
        place.remove("unit");
        FieldValueList previous = only(VersionSql.previousEnd(versions), place);
        if (previous.get("there").getLongValue() > 0) {
            return minimumRows;
        }
        parameters.put(
                "after", QueryParameterValue.int64(previous.get("previous_end").getLongValue()));
        parameters.put("etag", string(version.etag()));
        parameters.put(
                "modified",
                QueryParameterValue.timestamp(ChronoUnit.MICROS.between(java.time.Instant.EPOCH, version.modified())));
        parameters.put("date", QueryParameterValue.date(version.date().toString()));
        long rows = rowsKept(version, parameters);
        if (rows < minimumRows) {
            return rows;
        }
        parameters.put("kept", QueryParameterValue.int64(rows));
        parameters.put("id", string(version.id()));
        parameters.put("connector", string(connector));
        parameters.put("rows", QueryParameterValue.int64(version.rows()));
        parameters.put("rejects", QueryParameterValue.int64(version.rejects()));
        queries.changeNow(VersionSql.addVersion(versions), parameters);
        return rows;
    }

    private long rowsKept(ObjectVersion version, Map<String, QueryParameterValue> parameters)
            throws InterruptedException {
        String history = tables.history(version.unit().table());
        if (catalog.columns(history).isEmpty()) {
            return 0;
        }
        Map<String, QueryParameterValue> named = new HashMap<>(parameters);
        named.remove("table");
        named.remove("unit");
        return only(VersionSql.rowsOfVersion(service.sqlName(history)), named)
                .get("kept")
                .getLongValue();
    }

    private SortedSet<String> newest(UnitKey unit) throws InterruptedException {
        SortedSet<String> ids = new TreeSet<>();
        String sql = unit.isWhole() ? VersionSql.newestOfAll(versions) : VersionSql.newestOfDay(versions);
        for (FieldValueList row : queries.rowsNow(sql, key(unit)).iterateAll()) {
            ids.add(row.get("version_id").getStringValue());
        }
        return ids;
    }

    private void createTables() {
        if (!created.get()) {
            if (catalog.columns(tables.versions()).isEmpty()) {
                catalog.create(tables.versions(), VERSIONS);
            }
            if (catalog.columns(tables.publications()).isEmpty()) {
                catalog.create(tables.publications(), PUBLICATIONS);
            }
            created.set(true);
        }
    }

    private Optional<FieldValueList> first(String sql, Map<String, QueryParameterValue> parameters)
            throws InterruptedException {
        Iterator<FieldValueList> rows =
                queries.rowsNow(sql, parameters).iterateAll().iterator();
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    private FieldValueList only(String sql, Map<String, QueryParameterValue> parameters) throws InterruptedException {
        return first(sql, parameters).orElseThrow(() -> new IllegalStateException("The query returned no row: " + sql));
    }

    private static Map<String, QueryParameterValue> key(UnitKey unit) {
        Map<String, QueryParameterValue> key = new HashMap<>();
        key.put("table", string(unit.table()));
        key.put("unit", string(unit.unit()));
        return key;
    }

    private static SortedSet<String> split(String ids) {
        return ids.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(ids.split(",", -1)));
    }

    private static QueryParameterValue string(String value) {
        return QueryParameterValue.string(value);
    }

    private static Column text(String name) {
        return Column.of(name, ColumnType.STRING, Column.Mode.REQUIRED);
    }

    private static Column number(String name) {
        return Column.of(name, ColumnType.INT64, Column.Mode.REQUIRED);
    }
}
