package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.plan.Owners.Owner;
import io.catalogconnect.catalogctl.resource.Attributes;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.contract.report.Counted;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a contract with an environment. For one plan. */
public final class Planner {
    private static final Set<String> NOT_RUNNING = Set.of("PAUSED", "STOPPED");

    private final Desired desired;
    private final Live live;
    private final boolean adopt;
    private final Owners owners;
    private final Map<String, DeployedConnector> connectors;
    private final AccessComparison access;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Planner(Desired desired, Live live, boolean adopt) {
        this.desired = desired;
        this.live = live;
        this.adopt = adopt;
        this.owners = new Owners(live);
        this.access = new AccessComparison(live, adopt);
        this.connectors =
                live.connectors().stream().collect(Collectors.toMap(DeployedConnector::name, Function.identity()));
    }

    /**
     * The plan that changes an environment to a contract.
     *
     * @param adopt whether resources that belong to no contract become the contract's
     */
    public static Plan plan(Desired desired, Live live, boolean adopt) {
        Planner planner = new Planner(desired, live, adopt);
        Map<ResourceKey, Map<String, String>> resources = desired.resources();
        resources.forEach(planner::compare);
        planner.notes.addAll(planner.access.notes(desired));
        desired.draftRefusal().ifPresent(planner.notes::add);
        if (desired.isRetired()) {
            planner.notes.add(
                    "The status of the contract is retired: apply creates and changes nothing. catalogctl retire"
                            + " deletes what is left behind.");
        }
        List<ResourceKey> orphans = live.state().resources().keySet().stream()
                .filter(resource -> !resources.containsKey(resource))
                .toList();
        return new Plan(
                desired,
                live.state().version(),
                live.state().text().equals(desired.text()),
                VersionChanges.of(live.state().text(), desired),
                planner.changes,
                planner.access.kept(),
                orphans,
                planner.notes,
                live.replay());
    }

    private void compare(ResourceKey resource, Map<String, String> wanted) {
        if (resource.kind().isAccess()) {
            access.compare(resource).ifPresent(changes::add);
            return;
        }
        Optional<Map<String, String>> existing = attributes(resource);
        if (existing.isEmpty()) {
            changes.add(new Change(Action.CREATE, resource, summary(resource), List.of()));
            return;
        }
        Owner owner = owner(resource);
        Optional<String> notOwn = notOwn(owner);
        if (notOwn.isPresent()) {
            refuse(resource, notOwn.get(), List.of());
            return;
        }
        if (live.replay().isPresent() && isSource(resource)) {
            refuse(
                    resource,
                    live.replay().get() + " has not ended. catalogctl replay --resume ends it, --abandon gives it up.",
                    List.of());
            return;
        }
        if (resource.kind() == Kind.TABLE) {
            noteColumns(existing(live.tables().get(resource.name())));
        }
        Map<String, String> applied = live.state().resources().getOrDefault(resource, Map.of());
        List<Difference> differences = new ArrayList<>(
                Comparison.differences(wanted, existing.get(), applied, resource.kind() == Kind.CONNECTOR));
        if (resource.kind() == Kind.TABLE) {
            differences.addAll(ofHistory(resource.name()));
        }
        String refusal = differences.stream()
                .map(difference -> Comparison.refusal(resource.name(), difference))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
        if (!refusal.isEmpty()) {
            refuse(resource, refusal, differences);
        } else if (owner.isAdoptable()) {
            String reason = owner == Owner.NOBODY ? "exists and belongs to no contract" : "belongs to no environment";
            changes.add(new Change(Action.ADOPT, resource, reason, differences));
        } else if (!differences.isEmpty()) {
            boolean drift = differences.stream().allMatch(Difference::isDrift);
            changes.add(new Change(drift ? Action.DRIFT : Action.CHANGE, resource, "", differences));
        }
    }

    private List<Difference> ofHistory(String table) {
        TableSpec existing = live.histories().get(table);
        return existing == null
                ? List.of()
                : desired.historySpec(table)
                        .map(wanted -> Comparison.ofHistory(wanted, existing))
                        .orElse(List.of());
    }

    /** Why an existing resource must not be changed; empty if it is the contract's, or becomes the contract's. */
    private Optional<String> notOwn(Owner owner) {
        if (adopt && owner.isAdoptable()) {
            return Optional.empty();
        }
        return switch (owner) {
            case THIS_CONTRACT -> Optional.empty();
            case OTHER_CONTRACT -> Optional.of("it belongs to another contract. Choose another name.");
            case OTHER_ENVIRONMENT ->
                Optional.of("it belongs to another environment of this contract. Give each environment its own"
                        + " dataset, Kafka cluster and Connect cluster.");
            case UNKNOWN_ENVIRONMENT ->
                Optional.of("it belongs to this contract, but neither a mark nor the facts of only one environment say"
                        + " to which. If it belongs to " + desired.environment() + ", run the command with --adopt.");
            case NOBODY -> Optional.of("it exists and belongs to no contract. --adopt makes it part of this contract.");
        };
    }

    private boolean isSource(ResourceKey resource) {
        return resource.kind() == Kind.CONNECTOR
                && resource.name().equals(desired.source().name());
    }

    private void refuse(ResourceKey resource, String reason, List<Difference> differences) {
        changes.add(new Change(Action.REFUSE, resource, reason, differences));
    }

    private Owner owner(ResourceKey resource) {
        return switch (resource.kind()) {
            case TABLE -> owners.of(existing(live.tables().get(resource.name())));
            case TOPIC -> owners.ofTopic(resource);
            case GRANT, ACL -> throw new IllegalArgumentException(resource + " carries no mark");
            case CONNECTOR -> owners.of(existing(connectors.get(resource.name())));
        };
    }

    private static <T> T existing(@Nullable T resource) {
        if (resource == null) {
            throw new IllegalStateException("The resource was not read");
        }
        return resource;
    }

    /** The attributes of an existing resource; empty if it does not exist. */
    private Optional<Map<String, String>> attributes(ResourceKey resource) {
        return switch (resource.kind()) {
            case TABLE ->
                Optional.ofNullable(live.tables().get(resource.name())).map(Attributes::of);
            case TOPIC ->
                Optional.ofNullable(live.topics().get(resource.name())).map(Attributes::of);
            case GRANT, ACL -> access.isGranted(resource) ? Optional.of(Attributes.ACCESS) : Optional.empty();
            case CONNECTOR ->
                Optional.ofNullable(connectors.get(resource.name())).map(Planner::attributes);
        };
    }

    /** The configuration, and the state of a connector that does not run. */
    private static Map<String, String> attributes(DeployedConnector connector) {
        Map<String, String> attributes = new HashMap<>(connector.config());
        String state = connector.status().connector().state();
        if (NOT_RUNNING.contains(state)) {
            attributes.put(Attributes.STATE, state);
        }
        return attributes;
    }

    private void noteColumns(TableSpec existing) {
        desired.tables().stream()
                .filter(table -> table.name().equals(existing.name()))
                .forEach(table -> existing.columns().stream()
                        .filter(column -> table.columns().stream()
                                .noneMatch(other -> other.name().equalsIgnoreCase(column.name())))
                        .forEach(column -> notes.add("table " + existing.name() + " has column " + column.name() + " "
                                + column.type() + ", which is not in the contract. catalogctl removes no column.")));
    }

    private String summary(ResourceKey resource) {
        return switch (resource.kind()) {
            case TABLE ->
                desired.tables().stream()
                        .filter(table -> table.name().equals(resource.name()))
                        .map(Planner::summary)
                        .collect(Collectors.joining());
            case TOPIC ->
                desired.topics().stream()
                        .filter(topic -> topic.name().equals(resource.name()))
                        .map(Planner::summary)
                        .collect(Collectors.joining());
            case GRANT, ACL -> "";
            case CONNECTOR ->
                desired.connectors().stream()
                        .filter(connector -> connector.name().equals(resource.name()))
                        .map(connector -> connector.config().getOrDefault("connector.class", ""))
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.joining());
        };
    }

    private static String summary(TableSpec table) {
        Map<String, String> attributes = Attributes.of(table);
        return Counted.of(table.columns().size(), "column") + ", partitioned " + attributes.get(Attributes.PARTITIONING)
                + (table.clustering().isEmpty() ? "" : ", clustered by " + String.join(", ", table.clustering()));
    }

    private static String summary(TopicSpec topic) {
        return Counted.of(topic.partitions(), "partition") + ", replication factor " + topic.replication()
                + topic.config().entrySet().stream()
                        .map(entry -> ", " + entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining());
    }
}
