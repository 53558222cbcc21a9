package io.catalogconnect.catalogctl;

import io.catalogconnect.catalogctl.live.Acls;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.Facts;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ResultRows;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.live.SinkDataset;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.live.TableSize;
import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.catalogctl.live.Topics;
import io.catalogconnect.catalogctl.live.Workers;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.TableGrant;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The services in memory. Each write calls {@link #write}, where a test can let it fail before or after it takes effect. What was
 * written is in {@link #writes}.
 */
public final class FakeServices {
    /** The tables by name. */
    public final Map<String, TableSpec> tables = new TreeMap<>();
    /** The topics by name. */
    public final Map<String, TopicSpec> topics = new TreeMap<>();
    /** The roles of members on tables. */
    public final Set<TableGrant> grants = new LinkedHashSet<>();
    /** The ACLs of the cluster; null for a cluster without an authorizer. */
    public @Nullable Set<Acl> acls = new LinkedHashSet<>();
    /** Why the account cannot run jobs; empty if it can. */
    public Optional<String> jobRefusal = Optional.empty();
    /** The connectors by name. */
    public final Map<String, DeployedConnector> connectors = new TreeMap<>();
    /** The facts by contract and environment. */
    public final Map<String, ContractState> states = new TreeMap<>();
    /** The log. */
    public final List<LogEntry> log = new ArrayList<>();
    /** The writes so far. */
    public final List<String> writes = new ArrayList<>();
    /** The errors of the validation by connector. */
    public final Map<String, List<String>> errors = new TreeMap<>();
    /** Permissions that the account lacks: a permission and a table. */
    public final Set<String> denied = new TreeSet<>();
    /** The offsets of the source. */
    public SourceProgress progress = new SourceProgress(List.of(), Map.of());
    /** The number of answers that still show a connector as it was before it was configured or started. */
    public int oldStates;
    /** Connectors whose tasks are being restarted, which the next answer shows. */
    private final Set<String> restarting = new TreeSet<>();
    /** The states before connectors were configured or started. */
    private final Map<String, ConnectorStatus> before = new TreeMap<>();
    /** The requests that have set offsets. */
    public final List<String> offsetsSet = new ArrayList<>();
    /** The versions of the plugins by class. */
    public final Map<String, String> plugins = new TreeMap<>();
    /** The lag of the sink by topic; 0 for others. */
    public final Map<String, Long> lag = new TreeMap<>();
    /** The numbers of records of topics; 0 for others. */
    public final Map<String, Integer> records = new TreeMap<>();
    /** The services that do not answer: Connect, Kafka or BigQuery. */
    public final Set<String> down = new TreeSet<>();
    /** Whether the dataset exists. */
    public boolean hasDataset = true;
    /** The sizes of tables; empty for others. */
    public final Map<String, TableSize> sizes = new TreeMap<>();
    /** The number of queries that were measured. */
    public int measured;
    /** The numbers that queries return, by their SQL. A query without an entry is refused. */
    public final Map<String, Optional<BigDecimal>> numbers = new TreeMap<>();
    /** Called for each write with its text and its effect. */
    public Write write = (text, effect) -> effect.run();

    /** Decides how a write ends. */
    public interface Write {
        /** Runs the effect, or throws before or after it. */
        void decide(String text, Runnable effect);
    }

    /** Ends a command as {@code kill -9} does. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Kills the process at one of its next writes.
     *
     * @param n number of the write from here, from 0
     * @param isEffective whether the write takes effect
     */
    public void killAtWrite(int n, boolean isEffective) {
        int last = writes.size() + n + 1;
        killAt(text -> writes.size() == last, isEffective);
    }

    /** Lets all writes fail whose text begins with a text. */
    public void failAt(String beginning, String message) {
        write = (text, effect) -> {
            if (text.startsWith(beginning)) {
                throw new LiveException(message, null);
            }
            effect.run();
        };
    }

    /**
     * Kills the process at a write. No write after it takes effect.
     *
     * @param isLast recognizes the last write by its text
     * @param isEffective whether the write takes effect
     */
    public void killAt(Predicate<String> isLast, boolean isEffective) {
        AtomicBoolean isDead = new AtomicBoolean();
        write = (text, effect) -> {
            boolean dies = !isDead.get() && isLast.test(text);
            if (!isDead.get() && (!dies || isEffective)) {
                effect.run();
            }
            if (dies || isDead.get()) {
                isDead.set(true);
                throw new Killed();
            }
        };
    }

    /** Lets a new process write. */
    public void revive() {
        write = (text, effect) -> effect.run();
    }

    private void write(String text, Runnable effect) {
        writes.add(text);
        write.decide(text, effect);
    }

    private void call(String service) {
        if (down.contains(service)) {
            throw new LiveException(service + " at x:1 does not answer.", null);
        }
    }

    /** The ports. */
    public Services services() {
        return new Services(
                new FakeWorkers(),
                new FakeTopics(),
                new FakeAcls(),
                new FakeTables(),
                new FakeFacts(),
                new SinkDataset("p", "d", text -> text.replace("${env:CATALOG_BIGQUERY_DATASET}", "d")));
    }

    /** Everything apart from revisions, times and the log. */
    public String picture() {
        StringBuilder picture = new StringBuilder();
        tables.forEach((name, table) -> picture.append(table).append('\n'));
        topics.forEach((name, topic) -> picture.append(topic).append('\n'));
        grants.stream()
                .map(TableGrant::toString)
                .sorted()
                .forEach(grant -> picture.append(grant).append('\n'));
        if (acls != null) {
            acls.stream()
                    .map(Acl::toString)
                    .sorted()
                    .forEach(acl -> picture.append(acl).append('\n'));
        }
        connectors.forEach((name, connector) -> picture.append(name)
                .append(new TreeMap<>(connector.config()))
                .append(connector.status())
                .append('\n'));
        states.values()
                .forEach(state -> picture.append(state.contractId())
                        .append(state.holder())
                        .append(state.version())
                        .append(state.text().length())
                        .append(state.resources())
                        .append('\n'));
        return picture.toString();
    }

    /** A connector in a state, with a task if it runs. */
    public void deploy(String name, Map<String, String> config, String state) {
        ConnectorStatus.State shown = new ConnectorStatus.State(state, "");
        connectors.put(
                name,
                new DeployedConnector(
                        name,
                        config,
                        new ConnectorStatus(name, shown, state.equals("RUNNING") ? List.of(shown) : List.of())));
    }

    /** A connector that runs, with a task that has failed. */
    public void deployFailed(String name, Map<String, String> config, String trace) {
        ConnectorStatus.State failed = new ConnectorStatus.State("FAILED", trace);
        connectors.put(
                name,
                new DeployedConnector(
                        name,
                        config,
                        new ConnectorStatus(name, new ConnectorStatus.State("RUNNING", ""), List.of(failed))));
    }

    private final class FakeWorkers implements Workers {
        private static final ConnectorStatus.State UNASSIGNED = new ConnectorStatus.State("UNASSIGNED", "");

        @Override
        public List<DeployedConnector> connectors() {
            call("Connect");
            return List.copyOf(connectors.values());
        }

        @Override
        public Map<String, String> pluginVersions() {
            return plugins;
        }

        @Override
        public SourceProgress progress(String source) {
            call("Connect");
            return progress;
        }

        @Override
        public List<String> validate(Connector connector) {
            return errors.getOrDefault(connector.name(), List.of());
        }

        @Override
        public List<String> literalPlaceholders(Connector connector) {
            return connector.config().entrySet().stream()
                    .filter(entry -> entry.getValue().startsWith("${file:"))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public void createStopped(Connector connector) {
            write(
                    "create connector " + connector.name(),
                    () -> deploy(connector.name(), connector.config(), "STOPPED"));
        }

        @Override
        public void configure(Connector connector) {
            ConnectorStatus status = existing(connector.name()).status();
            before.put(connector.name(), status);
            write("configure connector " + connector.name(), () -> {
                restarting.add(connector.name());
                deploy(connector.name(), connector.config(), status.connector().state());
            });
        }

        @Override
        public void stop(String connector) {
            write(
                    "stop connector " + connector,
                    () -> deploy(connector, existing(connector).config(), "STOPPED"));
        }

        @Override
        public void setOffsets(String source, String offsets) {
            if (!existing(source).status().connector().state().equals("STOPPED")) {
                throw new LiveException(source + " is not stopped.", null);
            }
            write("set offsets of " + source, () -> offsetsSet.add(offsets));
        }

        @Override
        public void resume(String connector) {
            before.put(connector, existing(connector).status());
            write(
                    "resume connector " + connector,
                    () -> deploy(connector, existing(connector).config(), "RUNNING"));
        }

        @Override
        public void restartFailed(String connector) {
            write("restart connector " + connector, () -> oldStates = 0);
        }

        @Override
        public void delete(String connector) {
            write("delete connector " + connector, () -> connectors.remove(connector));
        }

        @Override
        public ConnectorStatus status(String connector) {
            ConnectorStatus old = before.get(connector);
            if (oldStates > 0 && old != null) {
                oldStates--;
                return old;
            }
            ConnectorStatus status = existing(connector).status();
            return restarting.remove(connector) && status.isRunning()
                    ? new ConnectorStatus(connector, status.connector(), List.of(UNASSIGNED))
                    : status;
        }

        private DeployedConnector existing(String connector) {
            return Optional.ofNullable(connectors.get(connector)).orElseThrow();
        }
    }

    private final class FakeTopics implements Topics {
        @Override
        public Map<String, TopicSpec> find(Collection<String> names) {
            call("Kafka");
            Map<String, TopicSpec> found = new HashMap<>(topics);
            found.keySet().retainAll(names);
            return found;
        }

        @Override
        public Map<String, Long> lag(String group, Collection<String> names) {
            call("Kafka");
            return names.stream().collect(Collectors.toMap(name -> name, name -> lag.getOrDefault(name, 0L)));
        }

        @Override
        public Map<String, Integer> records(Collection<String> names, int most) {
            call("records");
            return names.stream()
                    .collect(Collectors.toMap(name -> name, name -> Math.min(most, records.getOrDefault(name, 0))));
        }

        @Override
        public void create(TopicSpec topic) {
            write("create topic " + topic.name(), () -> topics.putIfAbsent(topic.name(), topic));
        }

        @Override
        public void configure(TopicSpec topic) {
            TopicSpec before = Optional.ofNullable(topics.get(topic.name())).orElseThrow();
            Map<String, String> config = new TreeMap<>(before.config());
            config.putAll(topic.config());
            write(
                    "configure topic " + topic.name(),
                    () -> topics.put(
                            topic.name(),
                            new TopicSpec(topic.name(), before.partitions(), before.replication(), config)));
        }

        @Override
        public void delete(String name) {
            write("delete topic " + name, () -> topics.remove(name));
        }
    }

    private final class FakeAcls implements Acls {
        @Override
        public Optional<Set<Acl>> find() {
            call("Kafka");
            return Optional.ofNullable(acls).map(Set::copyOf);
        }

        @Override
        public void create(Acl acl) {
            write("create acl " + acl, () -> existing().add(acl));
        }

        @Override
        public void delete(Acl acl) {
            write("delete acl " + acl, () -> existing().remove(acl));
        }

        private Set<Acl> existing() {
            if (acls == null) {
                throw new LiveException("Kafka: No Authorizer is configured.", null);
            }
            return acls;
        }
    }

    private final class FakeTables implements Tables {
        @Override
        public void createDataset() {
            hasDataset = true;
        }

        @Override
        public Optional<TableSpec> find(String name) {
            call("BigQuery");
            return Optional.ofNullable(tables.get(name));
        }

        @Override
        public Optional<Map<String, TableSize>> sizes(Collection<TableSpec> specs, String timestampColumn) {
            call("BigQuery");
            TableSize none = new TableSize(0, 0, "", Optional.empty());
            return Optional.of(specs.stream()
                            .map(TableSpec::name)
                            .filter(tables::containsKey)
                            .collect(Collectors.toMap(name -> name, name -> sizes.getOrDefault(name, none))))
                    .filter(found -> hasDataset);
        }

        @Override
        public void create(TableSpec table) {
            write("create table " + table.name(), () -> tables.putIfAbsent(table.name(), table));
        }

        @Override
        public void update(TableSpec table) {
            TableSpec before = Optional.ofNullable(tables.get(table.name())).orElseThrow();
            Map<String, String> labels = new TreeMap<>(before.labels());
            labels.putAll(table.labels());
            List<TableColumn> columns = new ArrayList<>();
            for (TableColumn column : before.columns()) {
                TableColumn wanted = table.columns().stream()
                        .filter(other -> other.name().equals(column.name()))
                        .findFirst()
                        .orElse(column);
                columns.add(new TableColumn(
                        column.name(),
                        column.type(),
                        column.required() && wanted.required(),
                        wanted.description(),
                        wanted.policyTag()));
            }
            table.columns().stream()
                    .filter(column -> before.columns().stream()
                            .noneMatch(other -> other.name().equals(column.name())))
                    .map(column -> new TableColumn(
                            column.name(), column.type(), false, column.description(), column.policyTag()))
                    .forEach(columns::add);
            write(
                    "update table " + table.name(),
                    () -> tables.put(
                            table.name(),
                            new TableSpec(
                                    table.name(),
                                    table.description(),
                                    columns,
                                    before.partitionType(),
                                    before.partitionField(),
                                    table.expirationMillis(),
                                    table.requirePartitionFilter(),
                                    table.clustering(),
                                    table.key(),
                                    labels)));
        }

        @Override
        public void delete(String name) {
            write("delete table " + name, () -> tables.remove(name));
        }

        @Override
        public void forgetWrites(String table, Set<String> histories, Map<String, String> sink) {
            write("forget writes to " + table + " and " + histories, () -> {});
        }

        @Override
        public Set<TableGrant> grants(String table) {
            return grants.stream().filter(grant -> grant.table().equals(table)).collect(Collectors.toSet());
        }

        @Override
        public void grant(TableGrant grant) {
            write("grant " + grant.role() + " on " + grant.table() + " to " + grant.member(), () -> grants.add(grant));
        }

        @Override
        public void revoke(TableGrant grant) {
            write(
                    "revoke " + grant.role() + " on " + grant.table() + " from " + grant.member(),
                    () -> grants.remove(grant));
        }

        @Override
        public Optional<String> jobRefusal() {
            call("BigQuery");
            return jobRefusal;
        }

        @Override
        public List<String> granted(String table, List<String> permissions) {
            return permissions.stream()
                    .filter(permission -> !denied.contains(permission + " " + table))
                    .toList();
        }

        @Override
        public ResultRows select(String query, long maxBytes, int maxRows) {
            return new ResultRows(List.of("query"), List.of(List.of(query)), false);
        }

        @Override
        public String sqlName(String table) {
            return "`p.d." + table + "`";
        }

        @Override
        public Map<String, Long> partitions(String table, int most) {
            return Map.of("20261101", 1L);
        }

        @Override
        public ResultRows preview(String table, int maxRows) {
            return new ResultRows(List.of("table"), List.of(List.of(table)), true);
        }

        @Override
        public Optional<BigDecimal> measure(String query, long maxBytes) {
            measured++;
            if (down.contains("BigQuery")) {
                throw new LiveException("BigQuery: no response.", new SocketTimeoutException());
            }
            Optional<BigDecimal> number = numbers.get(query);
            if (number == null) {
                throw new LiveException("BigQuery refuses " + query, null);
            }
            return number;
        }
    }

    private final class FakeFacts implements Facts {
        @Override
        public List<ContractState> states() {
            call("BigQuery");
            return List.copyOf(states.values());
        }

        @Override
        public boolean replace(ContractState expected, ContractState next) {
            String key = expected.contractId() + " " + expected.environment();
            ContractState stored =
                    states.getOrDefault(key, ContractState.none(expected.contractId(), expected.environment()));
            if (stored.revision() != expected.revision()) {
                return false;
            }
            write("facts", () -> states.put(key, next));
            return true;
        }

        @Override
        public List<LogEntry> log(String contractId, String environment) {
            return log.stream()
                    .filter(entry -> entry.contractId().equals(contractId)
                            && entry.environment().equals(environment))
                    .toList();
        }

        @Override
        public void append(LogEntry entry) {
            write("log " + entry.event(), () -> log.add(entry));
        }
    }
}
