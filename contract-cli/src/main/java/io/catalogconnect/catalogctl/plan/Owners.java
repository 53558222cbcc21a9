package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.resource.Ownership;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides to which contract, and to which of its environments, an existing resource belongs. The facts decide for a resource that
 * an earlier version of catalogctl has marked without an environment.
 */
public final class Owners {
    private static final List<String> TOPIC_KEYS =
            List.of("topics", "topic", "copy.topics", "object.events.topic", "bad.rows.topic");

    /** Pairs of a topic and a table. */
    private static final String TABLES_KEY = "tables";

    private final ContractState own;
    private final Live live;

    /** The relation of a resource to the contract in its environment. */
    public enum Owner {
        THIS_CONTRACT,
        OTHER_CONTRACT,
        OTHER_ENVIRONMENT,
        /** The resource is the contract's, but neither a mark nor the facts say of which environment. */
        UNKNOWN_ENVIRONMENT,
        NOBODY;

        /** True if a person may say that the resource is the contract's in this environment. */
        boolean isAdoptable() {
            return this == NOBODY || this == UNKNOWN_ENVIRONMENT;
        }
    }

    public Owners(Live live) {
        this.own = live.state();
        this.live = live;
    }

    /** The owner of a connector: the contract and the environment in its configuration. */
    public Owner of(DeployedConnector connector) {
        Map<String, String> config = connector.config();
        return owner(
                new ResourceKey(Kind.CONNECTOR, connector.name()),
                config.getOrDefault(Ownership.ID, ""),
                own.contractId(),
                config.getOrDefault(Ownership.ENVIRONMENT, ""),
                own.environment());
    }

    /** The owner of a table: the contract and the environment in its labels. */
    public Owner of(TableSpec table) {
        return owner(
                new ResourceKey(Kind.TABLE, table.name()),
                table.labels().getOrDefault(Ownership.ID_LABEL, ""),
                Ownership.labelValue(own.contractId()),
                table.labels().getOrDefault(Ownership.ENVIRONMENT_LABEL, ""),
                Ownership.labelValue(own.environment()));
    }

    private Owner owner(ResourceKey resource, String id, String ownId, String environment, String ownEnvironment) {
        if (id.isEmpty()) {
            return Owner.NOBODY;
        }
        if (!id.equals(ownId)) {
            return Owner.OTHER_CONTRACT;
        }
        if (environment.isEmpty()) {
            Owner claimed = claimed(claims(resource));
            return claimed == Owner.NOBODY ? Owner.UNKNOWN_ENVIRONMENT : claimed;
        }
        return environment.equals(ownEnvironment) ? Owner.THIS_CONTRACT : Owner.OTHER_ENVIRONMENT;
    }

    /** The owner of a topic, which carries no mark: a connector that uses it, or the facts of a contract that claims it. */
    public Owner ofTopic(ResourceKey topic) {
        Set<Owner> users = EnumSet.noneOf(Owner.class);
        live.connectors().stream()
                .filter(connector -> uses(connector, topic))
                .map(this::of)
                .forEach(users::add);
        Set<Owner> claims = claims(topic);
        if (users.contains(Owner.OTHER_CONTRACT) || claims.contains(Owner.OTHER_CONTRACT)) {
            return Owner.OTHER_CONTRACT;
        }
        if (users.contains(Owner.OTHER_ENVIRONMENT)) {
            return Owner.OTHER_ENVIRONMENT;
        }
        if (users.contains(Owner.THIS_CONTRACT)) {
            return Owner.THIS_CONTRACT;
        }
        Owner claimed = claimed(claims);
        return claimed == Owner.NOBODY && users.contains(Owner.UNKNOWN_ENVIRONMENT)
                ? Owner.UNKNOWN_ENVIRONMENT
                : claimed;
    }

    /** The contracts and environments whose facts contain a resource. */
    private Set<Owner> claims(ResourceKey resource) {
        Set<Owner> claims = EnumSet.noneOf(Owner.class);
        Stream.concat(Stream.of(own), live.others().stream())
                .filter(state -> state.resources().containsKey(resource))
                .map(this::claimant)
                .forEach(claims::add);
        return claims;
    }

    private Owner claimant(ContractState state) {
        if (!state.contractId().equals(own.contractId())) {
            return Owner.OTHER_CONTRACT;
        }
        return state.environment().equals(own.environment()) ? Owner.THIS_CONTRACT : Owner.OTHER_ENVIRONMENT;
    }

    /** The environment that the facts name; unknown if they name several. */
    private static Owner claimed(Set<Owner> claims) {
        boolean isOwn = claims.contains(Owner.THIS_CONTRACT);
        if (claims.contains(Owner.OTHER_ENVIRONMENT)) {
            return isOwn ? Owner.UNKNOWN_ENVIRONMENT : Owner.OTHER_ENVIRONMENT;
        }
        return isOwn ? Owner.THIS_CONTRACT : Owner.NOBODY;
    }

    /** True if the configuration of a connector names a topic, or a table in whatever dataset. */
    public static boolean uses(DeployedConnector connector, ResourceKey resource) {
        return switch (resource.kind()) {
            case TOPIC ->
                TOPIC_KEYS.stream()
                        .flatMap(key -> names(connector, key))
                        .anyMatch(name -> name.equals(resource.name()));
            case TABLE -> names(connector, TABLES_KEY).anyMatch(pair -> pair.endsWith(":" + resource.name()));
            case GRANT, ACL, CONNECTOR -> false;
        };
    }

    private static Stream<String> names(DeployedConnector connector, String key) {
        return Stream.of(connector.config().getOrDefault(key, "").split(",")).map(String::strip);
    }
}
