package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import io.catalogconnect.bigquery.replace.ExpectedVersion;
import io.catalogconnect.bigquery.replace.ObjectName;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.Publication;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.replace.TopicPlace;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.replace.UnitState;
import io.catalogconnect.bigquery.replace.VersionStatements;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Complete versions and publication records as two tables of the dataset. A version may be stored twice, which has no
 * effect. As in the registry of streams, two tasks may both insert a unit's first record: an update changes both, or none.
 * As in the registry, a statement is for any number of versions or units, which it receives as arrays, and a query tells
 * which records it changed. Thread-safe.
 */
public final class BigQueryVersionLedger implements VersionStatements {

    /**
     * A version and its rows in the history.
     *
     * @param after offset after which its rows begin
     * @param rows number of its rows; the expected number if it is recorded
     * @param isRecorded whether it was recorded before
     */
    private record FoundVersion(ExpectedVersion expected, long after, long rows, boolean isRecorded) {

        ObjectVersion version() {
            return expected.version();
        }

        FoundVersion withRows(long counted) {
            return new FoundVersion(expected, after, counted, isRecorded);
        }
    }

    /** The versions of an object in a topic partition, which follow each other. */
    private record ObjectStream(String table, TopicPlace place, ObjectName object) {

        static ObjectStream of(ObjectVersion version) {
            return new ObjectStream(version.unit().table(), TopicPlace.of(version), version.object());
        }
    }

    /** Separates ids of versions. */
    private static final String SEPARATOR = ",";

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
    public CompletableFuture<Map<ObjectVersion, Long>> complete(Collection<ExpectedVersion> expected) {
        String what = "recording complete versions of " + units(expected);
        return queries.run(what, () -> {
                    createTables();
                    return found(List.copyOf(expected));
                })
                .thenCompose(found -> {
                    List<FoundVersion> complete = withAllRows(found);
                    return complete.isEmpty()
                            ? CompletableFuture.completedFuture(rows(found))
                            : queries.change(what, VersionSql.addVersions(versions), facts(complete))
                                    .thenApply(added -> rows(found));
                });
    }

    private static String units(Collection<ExpectedVersion> expected) {
        return names(expected.stream().map(each -> each.version().unit()).collect(Collectors.toSet()));
    }

    /** The units in messages. */
    static String names(Collection<UnitKey> units) {
        String first = units.iterator().next().toString();
        return units.size() == 1 ? first : first + " and " + (units.size() - 1) + " more units";
    }

    /** Reads where the rows of versions begin, then counts the rows of those that are not recorded. */
    private List<FoundVersion> found(List<ExpectedVersion> expected) throws InterruptedException {
        List<ObjectVersion> asked =
                expected.stream().map(ExpectedVersion::version).toList();
        Map<ObjectVersion, Long> previousEnds = new HashMap<>();
        Set<ObjectVersion> recorded = new HashSet<>();
        Map<String, QueryParameterValue> parameters = places(new ArrayParameters<>(asked), version -> version)
                .texts("tables", version -> version.unit().table())
                .asMap();
        for (FieldValueList row :
                queries.rowsNow(VersionSql.previousEnds(versions), parameters).iterateAll()) {
            ObjectVersion version = asked.get(position(row));
            previousEnds.put(version, row.get("previous_end").getLongValue());
            if (row.get("there").getLongValue() > 0) {
                recorded.add(version);
            }
        }
        Map<ObjectStream, Long> ends = new HashMap<>();
        List<FoundVersion> found = new ArrayList<>();
        for (ExpectedVersion each : expected) {
            ObjectVersion version = each.version();
            // An earlier version of the same object, in this call, ends before the rows of this one.
            Long before = ends.put(ObjectStream.of(version), version.offset());
            long stored = previousEnds.getOrDefault(version, -1L);
            long after = before == null ? stored : Math.max(stored, before);
            found.add(new FoundVersion(each, after, each.minimumRows(), recorded.contains(version)));
        }
        return counted(found);
    }

    private List<FoundVersion> counted(List<FoundVersion> found) throws InterruptedException {
        Map<ObjectVersion, Long> kept = new HashMap<>();
        Map<String, List<FoundVersion>> byTable = found.stream()
                .filter(each -> !each.isRecorded())
                .collect(Collectors.groupingBy(each -> each.version().unit().table()));
        for (Map.Entry<String, List<FoundVersion>> table : byTable.entrySet()) {
            List<FoundVersion> counted = table.getValue();
            String history = tables.history(table.getKey());
            if (catalog.columns(history).isEmpty()) {
                continue; // a history is created with its first row
            }
            String sql = VersionSql.rowsOfVersions(service.sqlName(history));
            for (FieldValueList row :
                    queries.rowsNow(sql, content(counted).asMap()).iterateAll()) {
                kept.put(counted.get(position(row)).version(), row.get("kept").getLongValue());
            }
        }
        return found.stream()
                .map(each -> each.isRecorded() ? each : each.withRows(kept.getOrDefault(each.version(), 0L)))
                .toList();
    }

    /** The versions to record: of each topic partition those before the first one that lacks rows. */
    private static List<FoundVersion> withAllRows(List<FoundVersion> found) {
        Set<TopicPlace> stopped = new HashSet<>();
        List<FoundVersion> complete = new ArrayList<>();
        for (FoundVersion each : found) {
            TopicPlace place = TopicPlace.of(each.version());
            if (each.rows() < each.expected().minimumRows()) {
                stopped.add(place);
            } else if (!each.isRecorded() && !stopped.contains(place)) {
                complete.add(each);
            }
        }
        return complete;
    }

    private static Map<ObjectVersion, Long> rows(List<FoundVersion> found) {
        return found.stream().collect(Collectors.toMap(FoundVersion::version, FoundVersion::rows));
    }

    private static <T> ArrayParameters<T> places(ArrayParameters<T> parameters, Function<T, ObjectVersion> version) {
        return parameters
                .texts("topics", each -> version.apply(each).topic())
                .numbers("partitions", each -> version.apply(each).partition())
                .numbers("offsets", each -> version.apply(each).offset())
                .texts("buckets", each -> version.apply(each).object().bucket())
                .texts("keys", each -> version.apply(each).object().key());
    }

    private static ArrayParameters<FoundVersion> content(List<FoundVersion> found) {
        return places(new ArrayParameters<>(found), FoundVersion::version)
                .numbers("after", FoundVersion::after)
                .texts("etags", each -> each.version().etag())
                .timestamps(
                        "modified",
                        each -> ChronoUnit.MICROS.between(
                                Instant.EPOCH, each.version().modified()))
                .dates("dates", each -> each.version().date().toString());
    }

    private Map<String, QueryParameterValue> facts(List<FoundVersion> complete) {
        Map<String, QueryParameterValue> parameters = content(complete)
                .texts("ids", each -> each.version().id())
                .texts("tables", each -> each.version().unit().table())
                .texts("units", each -> each.version().unit().unit())
                .numbers("rows", each -> each.version().rows())
                .numbers("rejects", each -> each.version().rejects())
                .numbers("kept", FoundVersion::rows)
                .asMap();
        parameters.put("connector", string(connector));
        return parameters;
    }

    @Override
    public CompletableFuture<Map<UnitKey, UnitState>> look(Collection<UnitKey> units) {
        return queries.run("reading the state of " + names(units), () -> {
            createTables();
            Map<UnitKey, UnitState> records = records(units);
            List<UnitKey> missing =
                    units.stream().filter(unit -> !records.containsKey(unit)).toList();
            if (!missing.isEmpty()) {
                queries.changeNow(VersionSql.addRecords(publications), keys(missing));
                records.putAll(records(missing));
            }
            Map<UnitKey, SortedSet<String>> newest = newest(units); // read last: rule C
            Map<UnitKey, UnitState> states = new HashMap<>();
            records.forEach(
                    (unit, state) -> states.put(unit, state.withNewest(newest.getOrDefault(unit, new TreeSet<>()))));
            return states;
        });
    }

    /** The publication records, without the newest versions. */
    private Map<UnitKey, UnitState> records(Collection<UnitKey> units) throws InterruptedException {
        Map<UnitKey, UnitState> records = new HashMap<>();
        for (FieldValueList row :
                queries.rowsNow(VersionSql.records(publications), keys(units)).iterateAll()) {
            Publication publication = new Publication(
                    row.get("sequence").getLongValue(),
                    row.get("job_id").getStringValue(),
                    split(row.get("versions").getStringValue()),
                    row.get("done").getBooleanValue());
            records.merge(
                    unit(row),
                    new UnitState(
                            publication,
                            row.get("age").getLongValue(),
                            row.get("jobs").getLongValue(),
                            new TreeSet<>()),
                    (one, other) ->
                            one.publication().sequence() >= other.publication().sequence() ? one : other);
        }
        return records;
    }

    private Map<UnitKey, SortedSet<String>> newest(Collection<UnitKey> units) throws InterruptedException {
        Map<UnitKey, SortedSet<String>> newest = new HashMap<>();
        Map<Boolean, List<UnitKey>> kinds = units.stream().collect(Collectors.groupingBy(UnitKey::isWhole));
        for (Map.Entry<Boolean, List<UnitKey>> kind : kinds.entrySet()) {
            String sql = kind.getKey() ? VersionSql.newestOfTables(versions) : VersionSql.newestOfDays(versions);
            for (FieldValueList row :
                    queries.rowsNow(sql, keys(kind.getValue())).iterateAll()) {
                newest.computeIfAbsent(unit(row), unit -> new TreeSet<>())
                        .add(row.get("version_id").getStringValue());
            }
        }
        return newest;
    }

    @Override
    public CompletableFuture<Map<UnitKey, Optional<String>>> missingRows(Map<UnitKey, Set<String>> asked) {
        return queries.run("counting the rows of " + names(asked.keySet()), () -> {
            Map<UnitKey, Optional<String>> missing = new HashMap<>();
            asked.keySet().forEach(unit -> missing.put(unit, Optional.empty()));
            Map<String, List<UnitKey>> byTable = asked.keySet().stream().collect(Collectors.groupingBy(UnitKey::table));
            for (Map.Entry<String, List<UnitKey>> table : byTable.entrySet()) {
                String history = tables.history(table.getKey());
                if (catalog.columns(history).isEmpty()) {
                    continue; // no version has a row: a history is created with its first row
                }
                Set<String> ids = table.getValue().stream()
                        .flatMap(unit -> Objects.requireNonNull(asked.get(unit)).stream())
                        .collect(Collectors.toSet());
                Map<String, QueryParameterValue> parameters = shownVersions(ids);
                parameters.put("table", string(table.getKey()));
                parameters.putAll(new ArrayParameters<>(table.getValue())
                        .texts("units", UnitKey::unit)
                        .asMap());
                for (FieldValueList row : queries.rowsNow(
                                VersionSql.missingRows(versions, service.sqlName(history)), parameters)
                        .iterateAll()) {
                    missing.put(
                            new UnitKey(table.getKey(), row.get("unit").getStringValue()),
                            Optional.of("table " + history + " has "
                                    + row.get("present").getLongValue() + " of the "
                                    + row.get("kept").getLongValue()
                                    + " rows of s3://" + row.get("bucket").getStringValue() + "/"
                                    + row.get("object_key").getStringValue() + "."));
                }
            }
            return missing;
        });
    }

    @Override
    public CompletableFuture<Map<UnitKey, Boolean>> replace(Map<UnitKey, Change> changes) {
        String what = "changing the publication records of " + names(changes.keySet());
        ArrayParameters<Map.Entry<UnitKey, Change>> parameters = new ArrayParameters<>(changes.entrySet());
        parameters
                .texts("tables", each -> each.getKey().table())
                .texts("units", each -> each.getKey().unit())
                .numbers("sequences", each -> each.getValue().expected().sequence())
                .texts("jobs", each -> each.getValue().expected().jobId())
                .booleans("done", each -> each.getValue().expected().done())
                .numbers("next_sequences", each -> each.getValue().next().sequence())
                .texts("next_jobs", each -> each.getValue().next().jobId())
                .texts(
                        "next_versions",
                        each -> String.join(SEPARATOR, each.getValue().next().versions()))
                .booleans("next_done", each -> each.getValue().next().done());
        return queries.change(what, VersionSql.changeRecords(publications), parameters.asMap())
                .thenCompose(changed -> changed > 0 && changes.size() > 1
                        ? queries.run(what, () -> replaced(changes, records(changes.keySet())))
                        : CompletableFuture.completedFuture(all(changes.keySet(), changed > 0)));
    }

    private static Map<UnitKey, Boolean> all(Collection<UnitKey> units, boolean replaced) {
        return units.stream().collect(Collectors.toMap(unit -> unit, unit -> replaced));
    }

    /** Whether the record of each unit is the next one: two tasks that make the same change derive the same record. */
    private static Map<UnitKey, Boolean> replaced(Map<UnitKey, Change> changes, Map<UnitKey, UnitState> records) {
        Map<UnitKey, Boolean> replaced = new HashMap<>();
        changes.forEach((unit, change) -> {
            UnitState now = records.get(unit);
            replaced.put(unit, now != null && now.publication().equals(change.next()));
        });
        return replaced;
    }

    /** Parameters of the statements over the rows that a unit shows. */
    static Map<String, QueryParameterValue> shown(UnitKey unit, Collection<String> ids) {
        Map<String, QueryParameterValue> parameters = shownVersions(ids);
        parameters.put("table", string(unit.table()));
        parameters.put("unit", string(unit.unit()));
        return parameters;
    }

    private static Map<String, QueryParameterValue> shownVersions(Collection<String> ids) {
        Set<String> dates = ids.stream()
                .map(id -> ObjectVersion.dateOf(id).toString())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, QueryParameterValue> parameters =
                new ArrayParameters<>(ids).texts("versions", id -> id).asMap();
        parameters.putAll(
                new ArrayParameters<>(dates).dates("dates", date -> date).asMap());
        return parameters;
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

    private static Map<String, QueryParameterValue> keys(Collection<UnitKey> units) {
        return new ArrayParameters<>(units)
                .texts("tables", UnitKey::table)
                .texts("units", UnitKey::unit)
                .asMap();
    }

    private static int position(FieldValueList row) {
        return Math.toIntExact(row.get("n").getLongValue());
    }

    private static UnitKey unit(FieldValueList row) {
        return new UnitKey(
                row.get("table_name").getStringValue(), row.get("unit").getStringValue());
    }

    private static SortedSet<String> split(String ids) {
        return ids.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(ids.split(SEPARATOR, -1)));
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
