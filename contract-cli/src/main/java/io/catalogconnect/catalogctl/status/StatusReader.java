package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.live.TableSize;
import io.catalogconnect.catalogctl.replay.ReplayLog;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.FileState.Phase;
import io.catalogconnect.catalogctl.status.Status.Applied;
import io.catalogconnect.catalogctl.status.Status.ConnectorState;
import io.catalogconnect.catalogctl.status.Status.Files;
import io.catalogconnect.catalogctl.status.Status.Product;
import io.catalogconnect.catalogctl.status.Status.TableState;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the state of a data product. Changes nothing. */
public final class StatusReader {
    private static final String ABSENT = "ABSENT";

    private final Desired desired;
    private final Product product;
    private final Levels levels;
    private final Services services;
    private final Bucket bucket;
    private final Clock clock;

    /**
     * @param arguments file of the contract and name of the context, for the commands in advice
     * @param bucket bucket of the source
     */
    public StatusReader(
            Desired desired, String arguments, Levels levels, Services services, Bucket bucket, Clock clock) {
        this.desired = desired;
        this.product =
                new Product(desired.contractId(), desired.name(), desired.version(), desired.environment(), arguments);
        this.levels = levels;
        this.services = services;
        this.bucket = bucket;
        this.clock = clock;
    }

    /**
     * Reads the state.
     *
     * @throws LiveException if a service does not answer. A bucket to which this machine has no access is noted.
     */
    public Status read() throws InterruptedException {
        Map<String, DeployedConnector> deployed = services.workers().connectors().stream()
                .collect(Collectors.toMap(DeployedConnector::name, Function.identity()));
        Map<String, String> versions = services.workers().pluginVersions();
        List<ConnectorState> connectors = List.of(
                connector("source", desired.source(), deployed, versions),
                connector("sink", desired.sink(), deployed, versions));
        List<LogEntry> log = services.facts().log(desired.contractId(), desired.environment());
        Files files = files(services.workers().progress(desired.source().name()));
        Status status = new Status(
                product,
                clock.instant(),
                levels,
                applied(log),
                connectors,
                tables(),
                files,
                ReplayLog.open(log),
                List.of());
        return status.withProblems(Problems.of(status));
    }

    private static ConnectorState connector(
            String role, Connector wanted, Map<String, DeployedConnector> deployed, Map<String, String> versions) {
        String plugin = wanted.config().getOrDefault("connector.class", "");
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

    private static Optional<Applied> applied(List<LogEntry> log) {
        return log.stream()
                .filter(entry -> entry.event().equals("applied"))
                .reduce((first, second) -> second)
                .map(entry -> new Applied(entry.apply(), entry.toVersion(), entry.at(), entry.who()));
    }

    private List<TableState> tables() throws InterruptedException {
        Map<String, String> sink = desired.sink().config();
        Map<String, TableSize> sizes =
                services.tables().sizes(desired.tables(), sink.getOrDefault("timestamp.column", "_kafka_timestamp"));
        Map<String, String> topics = topicsByTable(sink.getOrDefault("tables", ""));
        List<String> existing =
                List.copyOf(services.topics().find(topics.values()).keySet());
        Map<String, Long> lags =
                services.topics().lag("connect-" + desired.sink().name(), existing);
        List<TableState> tables = new ArrayList<>();
        for (TableSpec table : desired.tables()) {
            TableSize size = sizes.get(table.name());
            String topic = topics.getOrDefault(table.name(), "");
            tables.add(new TableState(
                    table.name(),
                    topic,
                    tables.isEmpty(),
                    size != null,
                    size == null ? 0 : size.rows(),
                    size == null ? 0 : size.partitions(),
                    size == null ? "" : size.newest(),
                    size == null ? Optional.empty() : size.newestRow(),
                    lags.getOrDefault(topic, 0L)));
        }
        return tables;
    }

    /** Reads the pairs of a topic and a table. */
    private static Map<String, String> topicsByTable(String pairs) {
        Map<String, String> topics = new HashMap<>();
        for (String pair : pairs.split(",", -1)) {
            int colon = pair.lastIndexOf(':');
            if (colon > 0) {
                topics.put(
                        pair.substring(colon + 1).strip(),
                        pair.substring(0, colon).strip());
            }
        }
        return topics;
    }

    private Files files(SourceProgress progress) {
        Map<String, ObjectProgress> known =
                progress.objects().stream().collect(Collectors.toMap(ObjectProgress::uri, Function.identity()));
        List<FileState> files = new ArrayList<>();
        String problem = "";
        try {
            for (DeliveredObject object : bucket.objects()) {
                files.add(file(object, Optional.ofNullable(known.remove(object.uri())), progress.watermarks()));
            }
        } catch (LiveException e) {
            problem = String.valueOf(e.getMessage());
        }
        // An object that is not listed was deleted: its rows stay if it was read to its end, and it is never read
        // further.
        boolean isListed = problem.isEmpty();
        known.values().stream()
                .filter(object -> object.isDone() || !isListed)
                .forEach(object -> files.add(file(object)));
        files.sort(Comparator.comparing(FileState::delivered).reversed().thenComparing(FileState::uri));
        return new Files(isListed, problem, files);
    }

    private static FileState file(
            DeliveredObject object, Optional<ObjectProgress> progress, Map<Integer, Instant> watermarks) {
        Optional<ObjectProgress> same = progress.filter(offset -> offset.etag().equals(object.etag()));
        Instant watermark = watermarks.getOrDefault(object.lane(), Instant.MIN);
        boolean isCovered = progress.isEmpty() && !object.lastModified().isAfter(watermark);
        boolean isRead = isCovered || same.filter(ObjectProgress::isDone).isPresent();
        return new FileState(
                object.uri(),
                object.date(),
                isRead ? Phase.READ : same.isPresent() ? Phase.OPEN : Phase.WAITING,
                object.lastModified(),
                object.size(),
                isRead ? object.size() : same.map(ObjectProgress::bytesRead).orElse(0L),
                same.map(ObjectProgress::rows).orElse(0L),
                same.map(ObjectProgress::malformedRows).orElse(0L));
    }

    private static FileState file(ObjectProgress object) {
        return new FileState(
                object.uri(),
                "",
                object.isDone() ? Phase.READ : Phase.OPEN,
                object.lastModified(),
                object.size(),
                object.bytesRead(),
                object.rows(),
                object.malformedRows());
    }
}
