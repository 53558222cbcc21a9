package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.resource.Ownership;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.List;
import java.util.stream.Stream;

/** Decides to which contract an existing resource belongs. */
final class Owners {
    private static final List<String> TOPIC_KEYS =
            List.of("topics", "topic", "copy.topics", "object.events.topic", "bad.rows.topic");

    private final String contractId;
    private final Live live;

    /** The relation of a resource to the contract. */
    enum Owner {
        THIS_CONTRACT,
        OTHER_CONTRACT,
        NOBODY
    }

    Owners(String contractId, Live live) {
        this.contractId = contractId;
        this.live = live;
    }

    Owner of(DeployedConnector connector) {
        return owner(connector.config().getOrDefault(Ownership.ID, ""), contractId);
    }

    Owner of(TableSpec table) {
        return owner(table.labels().getOrDefault(Ownership.ID_LABEL, ""), Ownership.idLabel(contractId));
    }

    /** The owner of a topic, which carries no mark: a connector that uses it, or the facts of a contract that claims it. */
    Owner ofTopic(ResourceKey topic) {
        Stream<String> users = live.connectors().stream()
                .filter(connector -> uses(connector, topic.name()))
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

    private static boolean uses(DeployedConnector connector, String topic) {
        return TOPIC_KEYS.stream()
                .flatMap(key ->
                        Stream.of(connector.config().getOrDefault(key, "").split(",")))
                .anyMatch(name -> name.strip().equals(topic));
    }

    private static Owner owner(String mark, String own) {
        if (mark.isEmpty()) {
            return Owner.NOBODY;
        }
        return mark.equals(own) ? Owner.THIS_CONTRACT : Owner.OTHER_CONTRACT;
    }
}
