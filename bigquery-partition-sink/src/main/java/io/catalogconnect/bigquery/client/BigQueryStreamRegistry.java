package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.Registration;
import io.catalogconnect.bigquery.commit.StreamRegistry;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The registry as a table of the dataset. A lane's row names the connector of its owner, and no key names it, so that tasks
 * of two connectors compete for the same row. INSERT never conflicts in BigQuery, so two tasks may both insert a lane's first
 * row. UPDATE conflicts; it changes all rows of the lane, or none if any of them has a later epoch. A second first row can
 * therefore never be updated once the lane has an owner, however late it is inserted. Thread-safe.
 */
public final class BigQueryStreamRegistry implements StreamRegistry {

    private static final String KEY = "topic = @topic AND kafka_partition = @partition AND table_name = @table";
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
    public CompletableFuture<Registration> read(LaneKey lane) {
        return create().thenCompose(done -> find(lane)).thenCompose(found -> {
            if (found.isPresent()) {
                return CompletableFuture.completedFuture(found.get());
            }
            return insert(lane).thenCompose(inserted -> find(lane)).thenApply(again -> again.orElse(Registration.NONE));
        });
    }

    @Override
    public CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next) {
        Map<String, QueryParameterValue> parameters = new HashMap<>(key(lane));
        parameters.put("next_connector", QueryParameterValue.string(next.connector()));
        parameters.put("next_fenced", QueryParameterValue.string(String.join(SEPARATOR, new TreeSet<>(next.fenced()))));
        parameters.put("epoch", QueryParameterValue.int64(expected.epoch()));
        parameters.put("next_epoch", QueryParameterValue.int64(next.epoch()));
        parameters.put("next_stream", QueryParameterValue.string(next.stream()));
        parameters.put("next_base", QueryParameterValue.int64(next.baseOffset()));
        String sql = "UPDATE " + sqlName
                + " SET epoch = @next_epoch, connector = @next_connector, stream = @next_stream,"
                + " base_offset = @next_base, fenced = @next_fenced WHERE " + KEY
                + " AND epoch = @epoch AND NOT EXISTS (SELECT 1 FROM " + sqlName
                + " AS later WHERE later.topic = @topic AND later.kafka_partition = @partition AND later.table_name ="
                + " @table AND later.epoch > @epoch)";
        return queries.change("registering " + next.stream() + " for " + lane, sql, parameters)
                .thenApply(changed -> changed > 0);
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

    private CompletableFuture<Optional<Registration>> find(LaneKey lane) {
        String sql = "SELECT epoch, connector, stream, base_offset, fenced FROM " + sqlName + " WHERE " + KEY
                + " ORDER BY epoch DESC LIMIT 1";
        return queries.rows("reading the registry for " + lane, sql, key(lane)).thenApply(result -> {
            Iterator<FieldValueList> rows = result.iterateAll().iterator();
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            FieldValueList row = rows.next();
            FieldValue fenced = row.get("fenced");
            return Optional.of(new Registration(
                    row.get("epoch").getLongValue(),
                    row.get("connector").getStringValue(),
                    row.get("stream").getStringValue(),
                    row.get("base_offset").getLongValue(),
                    fenced.isNull() || fenced.getStringValue().isEmpty()
                            ? Set.of()
                            : Set.of(fenced.getStringValue().split(SEPARATOR))));
        });
    }

    private CompletableFuture<Long> insert(LaneKey lane) {
        String sql = "INSERT INTO " + sqlName
                + " (connector, topic, kafka_partition, table_name, epoch, stream, base_offset)"
                + " VALUES (@connector, @topic, @partition, @table, 0, '', -1)";
        Map<String, QueryParameterValue> parameters = new HashMap<>(key(lane));
        parameters.put("connector", QueryParameterValue.string(lane.connector()));
        return queries.change("adding " + lane + " to the registry", sql, parameters);
    }

    private static Map<String, QueryParameterValue> key(LaneKey lane) {
        return Map.of(
                "topic", QueryParameterValue.string(lane.topic()),
                "partition", QueryParameterValue.int64(lane.partition()),
                "table", QueryParameterValue.string(lane.table()));
    }
}
