package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableInfo;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.Facts;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Facts in two tables of the dataset: one row for each contract and environment, and a log. INSERT never conflicts in BigQuery,
 * so two first applies may both insert a row. UPDATE conflicts; it changes all rows of the contract, or none if any of them has
 * a later revision. Facts are read without a query, so that a plan runs no job. Thread-safe.
 */
public final class BigQueryFacts implements Facts {
    private static final String STATES = "_catalog_connect_contracts";
    private static final String LOG = "_catalog_connect_contract_log";
    private static final long PAGE = 1000;

    private static final Schema STATE_SCHEMA = schema(
            "contract_id STRING",
            "environment STRING",
            "revision INT64",
            "applies INT64",
            "holder STRING",
            "since TIMESTAMP",
            "version STRING",
            "contract STRING",
            "resources STRING");
    private static final Schema LOG_SCHEMA = schema(
            "contract_id STRING",
            "environment STRING",
            "apply INT64",
            "event STRING",
            "logged_at TIMESTAMP",
            "who STRING",
            "from_version STRING",
            "to_version STRING",
            "what STRING",
            "plan STRING",
            "contract STRING");
    private static final String KEY = "contract_id = @contract_id AND environment = @environment";

    /** Time for UPDATEs of other contracts, which take some seconds each. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration FIRST_DELAY = Duration.ofMillis(200);

    private final Dataset dataset;
    private final Duration patienceForOthers;

    public BigQueryFacts(Dataset dataset) {
        this(dataset, PATIENCE);
    }

    /** @param patienceForOthers time for which an UPDATE is repeated that conflicts with those of other contracts */
    BigQueryFacts(Dataset dataset, Duration patienceForOthers) {
        this.dataset = dataset;
        this.patienceForOthers = patienceForOthers;
    }

    private static Schema schema(String... columns) {
        return Schema.of(Stream.of(columns)
                .map(column -> column.split(" "))
                .map(column -> Field.newBuilder(column[0], StandardSQLTypeName.valueOf(column[1]))
                        .setMode(Field.Mode.REQUIRED)
                        .build())
                .toList());
    }

    @Override
    public List<ContractState> states() {
        Map<String, ContractState> newest = new HashMap<>();
        rows(STATES, STATE_SCHEMA, row -> {
            ContractState state = new ContractState(
                    text(row, "contract_id"),
                    text(row, "environment"),
                    row.get("revision").getLongValue(),
                    row.get("applies").getLongValue(),
                    text(row, "holder"),
                    instant(row.get("since")),
                    text(row, "version"),
                    text(row, "contract"),
                    ResourcesJson.read(text(row, "resources")));
            newest.merge(
                    state.contractId() + "\n" + state.environment(),
                    state,
                    (one, other) -> one.revision() >= other.revision() ? one : other);
        });
        return List.copyOf(newest.values());
    }

    @Override
    public boolean replace(ContractState expected, ContractState next) throws InterruptedException {
        createTable(STATES, STATE_SCHEMA);
        if (expected.revision() == 0) {
            if (state(expected.contractId(), expected.environment()).isEmpty()) {
                insert(STATES, STATE_SCHEMA, parameters(expected));
            }
        }
        Map<String, QueryParameterValue> parameters = new HashMap<>(parameters(next));
        parameters.put("expected", QueryParameterValue.int64(expected.revision()));
        String states = dataset.sqlName(STATES);
        String sql =
                "UPDATE " + states + " SET revision = @revision, applies = @applies, holder = @holder, since = @since,"
                        + " version = @version, contract = @contract, resources = @resources WHERE " + KEY
                        + " AND revision = @expected AND NOT EXISTS (SELECT 1 FROM " + states
                        + " AS later WHERE later.contract_id = @contract_id AND later.environment = @environment"
                        + " AND later.revision > @expected)";
        return update(sql, parameters, expected);
    }

    /**
     * Runs an UPDATE. BigQuery also refuses it if it runs another one for the same table, of any contract: it is repeated while
     * the own row is unchanged.
     */
    private boolean update(String sql, Map<String, QueryParameterValue> parameters, ContractState expected)
            throws InterruptedException {
        Wait patience = Wait.upTo(patienceForOthers);
        Duration delay = FIRST_DELAY;
        while (true) {
            try {
                return dataset.change(sql, parameters) > 0;
            } catch (LiveException e) {
                if (!isConcurrentUpdate(e)) {
                    throw e;
                }
                if (state(expected.contractId(), expected.environment())
                        .filter(state -> state.revision() == expected.revision())
                        .isEmpty()) {
                    return false;
                }
                if (patience.isOver()) {
                    throw new LiveException(
                            e.getMessage() + ". Other contracts of the dataset are changed at the same time. Run the"
                                    + " command again.",
                            e);
                }
            }
            Wait pause = Wait.upTo(delay);
            while (!pause.isOver()) {
                pause.pause();
            }
            delay = delay.multipliedBy(2);
        }
    }

    private static boolean isConcurrentUpdate(LiveException e) {
        return e.getCause() instanceof BigQueryException cause
                && String.valueOf(cause.getMessage()).contains("concurrent update");
    }

    @Override
    public List<LogEntry> log(String contractId, String environment) {
        List<LogEntry> entries = new ArrayList<>();
        rows(LOG, LOG_SCHEMA, row -> {
            if (text(row, "contract_id").equals(contractId)
                    && text(row, "environment").equals(environment)) {
                entries.add(new LogEntry(
                        contractId,
                        environment,
                        row.get("apply").getLongValue(),
                        text(row, "event"),
                        instant(row.get("logged_at")),
                        text(row, "who"),
                        text(row, "from_version"),
                        text(row, "to_version"),
                        text(row, "what"),
                        text(row, "plan"),
                        text(row, "contract")));
            }
        });
        entries.sort(Comparator.comparing(LogEntry::at));
        return entries;
    }

    @Override
    public void append(LogEntry entry) {
        createTable(LOG, LOG_SCHEMA);
        Map<String, QueryParameterValue> values = new HashMap<>();
        values.put("contract_id", QueryParameterValue.string(entry.contractId()));
        values.put("environment", QueryParameterValue.string(entry.environment()));
        values.put("apply", QueryParameterValue.int64(entry.apply()));
        values.put("event", QueryParameterValue.string(entry.event()));
        values.put("logged_at", timestamp(entry.at()));
        values.put("who", QueryParameterValue.string(entry.who()));
        values.put("from_version", QueryParameterValue.string(entry.fromVersion()));
        values.put("to_version", QueryParameterValue.string(entry.toVersion()));
        values.put("what", QueryParameterValue.string(entry.what()));
        values.put("plan", QueryParameterValue.string(entry.plan()));
        values.put("contract", QueryParameterValue.string(entry.text()));
        insert(LOG, LOG_SCHEMA, values);
    }

    private static Map<String, QueryParameterValue> parameters(ContractState state) {
        Map<String, QueryParameterValue> values = new HashMap<>();
        values.put("contract_id", QueryParameterValue.string(state.contractId()));
        values.put("environment", QueryParameterValue.string(state.environment()));
        values.put("revision", QueryParameterValue.int64(state.revision()));
        values.put("applies", QueryParameterValue.int64(state.applies()));
        values.put("holder", QueryParameterValue.string(state.holder()));
        values.put("since", timestamp(state.since()));
        values.put("version", QueryParameterValue.string(state.version()));
        values.put("contract", QueryParameterValue.string(state.text()));
        values.put("resources", QueryParameterValue.string(ResourcesJson.write(state.resources())));
        return values;
    }

    private void insert(String table, Schema schema, Map<String, QueryParameterValue> values) {
        List<String> names = schema.getFields().stream().map(Field::getName).toList();
        String sql = "INSERT INTO " + dataset.sqlName(table) + " (" + String.join(", ", names) + ") VALUES (@"
                + String.join(", @", names) + ")";
        dataset.change(sql, values);
    }

    private void createTable(String name, Schema schema) {
        dataset.call(() -> {
            if (dataset.client().getTable(dataset.table(name)) == null) {
                Dataset.created(() ->
                        dataset.client().create(TableInfo.of(dataset.table(name), StandardTableDefinition.of(schema))));
            }
            return true;
        });
    }

    /** Passes on all rows; none if the table does not exist. */
    private void rows(String name, Schema schema, Consumer<FieldValueList> consumer) {
        dataset.call(() -> {
            Table table = dataset.client().getTable(dataset.table(name));
            if (table != null) {
                dataset.client()
                        .listTableData(table.getTableId(), schema, TableDataListOption.pageSize(PAGE))
                        .iterateAll()
                        .forEach(consumer);
            }
            return true;
        });
    }

    private static QueryParameterValue timestamp(Instant instant) {
        return QueryParameterValue.timestamp(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    }

    private static Instant instant(FieldValue value) {
        long micros = value.getTimestampValue();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    private static String text(FieldValueList row, String column) {
        return row.get(column).getStringValue();
    }
}
