package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.live.TableSize;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.Status.ConnectorState;
import io.catalogconnect.catalogctl.status.Status.Files;
import io.catalogconnect.catalogctl.status.Status.Product;
import io.catalogconnect.catalogctl.status.Status.TableState;
import io.catalogconnect.catalogctl.status.Status.TopicState;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the state of a data product. Changes nothing. */
public final class StatusReader {
    private static final String ABSENT = "ABSENT";
    private static final String UNKNOWN = "UNKNOWN";
    private static final Files NO_FILES = new Files(false, "", List.of());

    private final Desired desired;
    private final Product product;
    private final Levels levels;
    private final Services services;
    private final FilesReader bucketFiles;
    private final Clock clock;

    /**
     * @param arguments file of the contract and name of the context, for the commands in advice
     * @param bucket bucket of the source
     */
    public StatusReader(
            Desired desired, String arguments, Levels levels, Services services, Bucket bucket, Clock clock) {
        this.desired = desired;
        this.product = new Product(
                desired.contractId(),
                desired.name(),
                desired.version(),
                desired.environment(),
                desired.isDraft(),
                arguments);
        this.levels = levels;
        this.services = services;
        this.bucketFiles = new FilesReader(bucket, desired.source().config());
        this.clock = clock;
    }

    /** Reads the state. A service that does not answer is a problem of it. A bucket to which this machine has no access is noted. */
    public Status read() throws InterruptedException {
        Outages outages = new Outages();
        List<ConnectorState> connectors =
                outages.read(Service.CONNECT, this::connectors, List.of(unknown("source"), unknown("sink")));
        Files files = outages.read(
                Service.CONNECT,
                () -> bucketFiles.read(
                        services.workers().progress(desired.source().name())),
                NO_FILES);
        Operations operations = outages.read(Service.BIGQUERY, this::operations, Operations.UNKNOWN);
        TopicReader topics = new TopicReader(desired, services.topics());
        List<TopicState> topicStates = outages.read(Service.KAFKA, topics::read, List.of());
        Map<String, Long> lags = outages.read(Service.KAFKA, () -> topics.lags(topicStates), Map.of());
        Optional<Map<String, TableSize>> sizes =
                outages.read(Service.BIGQUERY, this::sizes, Optional.of(Map.<String, TableSize>of()));
        Status status = new Status(
                product,
                clock.instant(),
                levels,
                outages.messages(),
                operations,
                connectors,
                topicStates,
                sizes.isPresent(),
                tables(sizes.orElse(Map.of()), lags),
                files,
                List.of());
        ProblemList problems = new ProblemList(status);
        ResourceProblems resources = new ResourceProblems(status, problems);
        if (desired.isRetired()) {
            resources.findOfRetired();
        } else {
            resources.find();
            new DataProblems(status, problems).find();
        }
        return status.withProblems(problems.found());
    }

    private Operations operations() {
        ContractState state = services.facts()
                .state(desired.contractId(), desired.environment())
                .orElseGet(() -> ContractState.none(desired.contractId(), desired.environment()));
        return Operations.of(
                desired, services.facts().log(desired.contractId(), desired.environment()), state, clock.instant());
    }

    private List<ConnectorState> connectors() throws InterruptedException {
        Map<String, DeployedConnector> deployed = services.workers().connectors().stream()
                .collect(Collectors.toMap(DeployedConnector::name, Function.identity()));
        Map<String, String> versions = services.workers().pluginVersions();
        return List.of(
                connector("source", desired.source(), deployed, versions),
                connector("sink", desired.sink(), deployed, versions));
    }

    private ConnectorState unknown(String role) {
        Connector wanted = role.equals("source") ? desired.source() : desired.sink();
        return new ConnectorState(role, wanted.name(), UNKNOWN, List.of(), plugin(wanted), "", "");
    }

    private static String plugin(Connector connector) {
        return connector.config().getOrDefault("connector.class", "");
    }

    private static ConnectorState connector(
            String role, Connector wanted, Map<String, DeployedConnector> deployed, Map<String, String> versions) {
        String plugin = plugin(wanted);
        String version = versions.getOrDefault(plugin, "");
        DeployedConnector found = deployed.get(wanted.name());
        if (found == null) {
            return new ConnectorState(role, wanted.name(), ABSENT, List.of(), plugin, version, "");
        }
        ConnectorStatus status = found.status();
        String error = Stream.concat(Stream.of(status.connector()), status.tasks().stream())
                .filter(ConnectorStatus.State::failed)
                .map(ConnectorStatus.State::reason)
                .findFirst()
                .orElse("");
        return new ConnectorState(
                role,
                wanted.name(),
                status.connector().state(),
                status.tasks().stream().map(ConnectorStatus.State::state).toList(),
                plugin,
                version,
                error);
    }

    private Optional<Map<String, TableSize>> sizes() {
        String timestampColumn = desired.sink().config().getOrDefault("timestamp.column", "_kafka_timestamp");
        return services.tables().sizes(desired.tables(), timestampColumn);
    }

    private List<TableState> tables(Map<String, TableSize> sizes, Map<String, Long> lags) {
        Map<String, String> topics = TopicReader.topicsByTable(desired);
        List<TableState> tables = new ArrayList<>();
        for (TableSpec table : desired.tables()) {
            Optional<TableSize> size = Optional.ofNullable(sizes.get(table.name()));
            String topic = topics.getOrDefault(table.name(), "");
            tables.add(new TableState(
                    table.name(),
                    topic,
                    tables.isEmpty(),
                    size.isPresent(),
                    size.map(TableSize::rows).orElse(0L),
                    size.map(TableSize::partitions).orElse(0L),
                    size.map(TableSize::newest).orElse(""),
                    size.flatMap(TableSize::newestRow),
                    lags.getOrDefault(topic, 0L)));
        }
        return tables;
    }
}
