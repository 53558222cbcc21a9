package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.Registration;
import io.catalogconnect.bigquery.commit.RegistryStatements;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The registry as a table of the dataset. A lane's row names the connector of its owner, and no key names it, so that tasks
 * of two connectors compete for the same row. INSERT never conflicts in BigQuery, so two tasks may both insert a lane's first
 * row. UPDATE conflicts; it changes all rows of a lane, or none if any of them has a later epoch. A second first row can
 * therefore never be updated once the lane has an owner, however late it is inserted.
 *
 * <p>BigQuery runs few UPDATE statements of a table at a time. So a statement is for any number of lanes, which it receives
 * as arrays. It changes each lane independently of the others, and a query then tells which ones it changed: those whose
 * stream is the proposed one, which nobody else proposes. Thread-safe.
 */
public final class BigQueryStreamRegistry implements RegistryStatements {

    /** The lanes of a statement as a table. */
    private static final String LANES =
            "SELECT topic, @partitions[OFFSET(i)] AS kafka_partition, @tables[OFFSET(i)] AS table_name";

    private static final String OF_LANES = " FROM UNNEST(@topics) AS topic WITH OFFSET AS i";

    /** The lanes of an UPDATE with their expected and next registrations. */
    private static final String CHANGES = LANES
            + ", @epochs[OFFSET(i)] AS epoch, @next_epochs[OFFSET(i)] AS next_epoch, @connectors[OFFSET(i)] AS connector,"
            + " @streams[OFFSET(i)] AS stream, @bases[OFFSET(i)] AS base_offset, @fenced[OFFSET(i)] AS fenced"
            + OF_LANES;
    /** Separates connector names, which contain no control characters. */
    private static final String SEPARATOR = "\n";

    static final TableShape SHAPE = new TableShape(
            List.of(
                    Column.of("connector", ColumnType.STRING, Column.Mode.REQUIRED),
                    Column.of("topic", ColumnType.STRING, Column.Mode.REQUIRED),
                    Column.of("kafka_partition", ColumnType.INT64, Column.Mode.REQUIRED),
                    Column.of("table_name", ColumnType.STRING, Column.Mode.REQUIRED),
                    Column.of("epoch", ColumnType.INT64, Column.Mode.REQUIRED),
                    Column.of("stream", ColumnType.STRING, Column.Mode.REQUIRED),
                    Column.of("base_offset", ColumnType.INT64, Column.Mode.REQUIRED),
                    Column.of("fenced", ColumnType.STRING, Column.Mode.NULLABLE)),
            Partitioning.NONE,
            List.of());

    private final Queries queries;
    private final TableProvisioner provisioner;
    private final String table;
    private final String sqlName;
    private final AtomicBoolean created = new AtomicBoolean();

    BigQueryStreamRegistry(Service service, Queries queries, BigQueryTableCatalog catalog, String table) {
        this.queries = queries;
        this.provisioner = new TableProvisioner(catalog, true, SchemaEvolution.ADD);
        this.table = table;
        this.sqlName = service.sqlName(table);
    }

    @Override
    public CompletableFuture<Map<LaneKey, Registration>> read(Collection<LaneKey> lanes) {
        return create().thenCompose(done -> find(lanes)).thenCompose(found -> {
            List<LaneKey> missing =
                    lanes.stream().filter(lane -> !found.containsKey(lane)).toList();
            if (missing.isEmpty()) {
                return CompletableFuture.completedFuture(found);
            }
            return insert(missing).thenCompose(inserted -> find(missing)).thenApply(added -> {
                Map<LaneKey, Registration> all = new HashMap<>(found);
                missing.forEach(lane -> all.put(lane, added.getOrDefault(lane, Registration.NONE)));
                return all;
            });
        });
    }

    @Override
    public CompletableFuture<Map<LaneKey, Boolean>> replace(Map<LaneKey, Change> changes) {
        List<LaneKey> lanes = List.copyOf(changes.keySet());
        List<Registration> expected =
                lanes.stream().map(lane -> change(changes, lane).expected()).toList();
        List<Registration> next =
                lanes.stream().map(lane -> change(changes, lane).next()).toList();
        Map<String, QueryParameterValue> parameters = keys(lanes).asMap();
        parameters.putAll(new ArrayParameters<>(expected)
                .numbers("epochs", Registration::epoch)
                .asMap());
        parameters.putAll(new ArrayParameters<>(next)
                .numbers("next_epochs", Registration::epoch)
                .texts("connectors", Registration::connector)
                .texts("streams", Registration::stream)
                .numbers("bases", Registration::baseOffset)
                .texts("fenced", each -> String.join(SEPARATOR, new TreeSet<>(each.fenced())))
                .asMap());
        String sql = "UPDATE " + sqlName + " AS r SET epoch = c.next_epoch, connector = c.connector, stream = c.stream,"
                + " base_offset = c.base_offset, fenced = c.fenced FROM (" + CHANGES + ") AS c WHERE r.topic = c.topic"
                + " AND r.kafka_partition = c.kafka_partition AND r.table_name = c.table_name AND r.epoch = c.epoch"
                + " AND NOT EXISTS (SELECT 1 FROM " + sqlName + " AS later WHERE later.topic = c.topic"
                + " AND later.kafka_partition = c.kafka_partition AND later.table_name = c.table_name"
                + " AND later.epoch > c.epoch)";
        return queries.change("registering streams of " + names(lanes), sql, parameters)
                .thenCompose(changed -> {
                    if (changed == 0 || lanes.size() == 1) {
                        return CompletableFuture.completedFuture(outcomes(lanes, lane -> changed > 0));
                    }
                    return find(lanes)
                            .thenApply(found -> outcomes(lanes, lane -> {
                                Registration now = found.get(lane);
                                return now != null && now.stream().equals(change(changes, lane).next().stream());
                            }));
                });
    }

    private static Map<LaneKey, Boolean> outcomes(List<LaneKey> lanes, Predicate<LaneKey> replaced) {
        return lanes.stream().collect(Collectors.toMap(lane -> lane, replaced::test));
    }

    private static Change change(Map<LaneKey, Change> changes, LaneKey lane) {
        return Objects.requireNonNull(changes.get(lane));
    }

    private CompletableFuture<Boolean> create() {
        if (created.get()) {
            return CompletableFuture.completedFuture(true);
        }
        return queries.run("creating the registry table " + table, () -> {
            provisioner.ensure(table, SHAPE);
            created.set(true);
            return true;
        });
    }

    /** The registrations with the latest epoch. */
    private CompletableFuture<Map<LaneKey, Registration>> find(Collection<LaneKey> lanes) {
        String sql = "SELECT r.topic, r.kafka_partition, r.table_name, r.epoch, r.connector, r.stream, r.base_offset,"
                + " r.fenced FROM " + sqlName + " AS r JOIN (" + LANES + OF_LANES + ") AS l ON r.topic = l.topic"
                + " AND r.kafka_partition = l.kafka_partition AND r.table_name = l.table_name";
        Map<LaneKey, LaneKey> asked = lanes.stream().collect(Collectors.toMap(lane -> nameless(lane), lane -> lane));
        return queries.rows(
                        "reading the registry for " + names(lanes),
                        sql,
                        keys(lanes).asMap())
                .thenApply(result -> {
                    Map<LaneKey, Registration> found = new HashMap<>();
                    for (FieldValueList row : result.iterateAll()) {
                        LaneKey lane = Objects.requireNonNull(asked.get(new LaneKey(
                                "",
                                row.get("topic").getStringValue(),
                                Math.toIntExact(row.get("kafka_partition").getLongValue()),
                                row.get("table_name").getStringValue())));
                        found.merge(
                                lane, registration(row), (one, other) -> one.epoch() >= other.epoch() ? one : other);
                    }
                    return found;
                });
    }

    private static Registration registration(FieldValueList row) {
        FieldValue fenced = row.get("fenced");
        return new Registration(
                row.get("epoch").getLongValue(),
                row.get("connector").getStringValue(),
                row.get("stream").getStringValue(),
                row.get("base_offset").getLongValue(),
                fenced.isNull() || fenced.getStringValue().isEmpty()
                        ? Set.of()
                        : Set.of(fenced.getStringValue().split(SEPARATOR)));
    }

    private CompletableFuture<Long> insert(List<LaneKey> lanes) {
        String sql = "INSERT INTO " + sqlName
                + " (connector, topic, kafka_partition, table_name, epoch, stream, base_offset)"
                + " SELECT @connectors[OFFSET(i)], topic, kafka_partition, table_name, 0, '', -1 FROM (" + LANES + ", i"
                + OF_LANES + ")";
        Map<String, QueryParameterValue> parameters =
                keys(lanes).texts("connectors", LaneKey::connector).asMap();
        return queries.change("adding " + names(lanes) + " to the registry", sql, parameters);
    }

    /** A lane's key in the registry, which does not contain the connector. */
    private static LaneKey nameless(LaneKey lane) {
        return new LaneKey("", lane.topic(), lane.partition(), lane.table());
    }

    private static String names(Collection<LaneKey> lanes) {
        String first = lanes.iterator().next().toString();
        return lanes.size() == 1 ? first : first + " and " + (lanes.size() - 1) + " more lanes";
    }

    private static ArrayParameters<LaneKey> keys(Collection<LaneKey> lanes) {
        return new ArrayParameters<>(lanes)
                .texts("topics", LaneKey::topic)
                .numbers("partitions", LaneKey::partition)
                .texts("tables", LaneKey::table);
    }
}
