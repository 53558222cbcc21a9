package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.resource.Ownership;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.List;
import java.util.stream.Stream;

/** Decides to which contract an existing resource belongs. */
public final class Owners {
    private static final List<String> TOPIC_KEYS =
            List.of("topics", "topic", "copy.topics", "object.events.topic", "bad.rows.topic");

    /** Pairs of a topic and a table. */
    private static final String TABLES_KEY = "tables";

    private final String contractId;
    private final Live live;

    /** The relation of a resource to the contract. */
    public enum Owner {
        THIS_CONTRACT,
        OTHER_CONTRACT,
        NOBODY
    }

    public Owners(String contractId, Live live) {
        this.contractId = contractId;
        this.live = live;
    }

    /** The owner of a connector: the contract in its configuration. */
    public Owner of(DeployedConnector connector) {
        return owner(connector.config().getOrDefault(Ownership.ID, ""), contractId);
    }

    /** The owner of a table: the contract in its labels. */
    public Owner of(TableSpec table) {
        return owner(table.labels().getOrDefault(Ownership.ID_LABEL, ""), Ownership.idLabel(contractId));
    }

    /** The owner of a topic, which carries no mark: a connector that uses it, or the facts of a contract that claims it. */
    public Owner ofTopic(ResourceKey topic) {
        Stream<String> users = live.connectors().stream()
                .filter(connector -> uses(connector, topic))
                .map(connector -> connector.config().getOrDefault(Ownership.ID, ""));
        Stream<String> claims = Stream.concat(Stream.of(live.state()), live.others().stream())
                .filter(state -> state.resources().containsKey(topic))
                .map(ContractState::contractId);
        List<String> owners = Stream.concat(users, claims)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        if (owners.stream().anyMatch(id -> !id.equals(contractId))) {
            return Owner.OTHER_CONTRACT;
        }
        return owners.isEmpty() ? Owner.NOBODY : Owner.THIS_CONTRACT;
    }

    /** True if the configuration of a connector names a topic or a table. */
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

    private static Owner owner(String mark, String own) {
        if (mark.isEmpty()) {
            return Owner.NOBODY;
        }
        return mark.equals(own) ? Owner.THIS_CONTRACT : Owner.OTHER_CONTRACT;
    }
}
