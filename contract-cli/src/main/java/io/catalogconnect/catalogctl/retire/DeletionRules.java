package io.catalogconnect.catalogctl.retire;

import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Live;
import io.catalogconnect.catalogctl.plan.Owners;
import io.catalogconnect.catalogctl.plan.Owners.Owner;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.Optional;

/** Decides which resources must not be deleted. */
record DeletionRules(String contractId, Live live, Services services) {
    /** Why a resource must not be deleted, as complete sentences; empty if it may be. */
    Optional<String> refusal(ResourceKey resource) {
        Owners owners = new Owners(contractId, live);
        return switch (resource.kind()) {
            case TABLE -> {
                Optional<TableSpec> table = services.tables().find(resource.name());
                yield table.flatMap(found -> notOwn(owners.of(found)))
                        .or(() -> user(resource).map(DeletionRules::used));
            }
            case TOPIC -> user(resource).map(DeletionRules::used).or(() -> notOwn(owners.ofTopic(resource)));
            case GRANT, ACL ->
                live.others().stream().anyMatch(other -> other.resources().containsKey(resource))
                        ? Optional.of("another contract has it too.")
                        : Optional.empty();
            case CONNECTOR ->
                live.connectors().stream()
                        .filter(connector -> connector.name().equals(resource.name()))
                        .findFirst()
                        .flatMap(connector -> notOwn(owners.of(connector)));
        };
    }

    private static Optional<String> notOwn(Owner owner) {
        return owner == Owner.THIS_CONTRACT
                ? Optional.empty()
                : Optional.of("it does not carry the mark of this contract.");
    }

    /** A connector whose configuration names the table or the topic. */
    private Optional<String> user(ResourceKey resource) {
        return live.connectors().stream()
                .filter(connector -> Owners.uses(connector, resource))
                .map(DeployedConnector::name)
                .findFirst();
    }

    private static String used(String connector) {
        return "the connector " + connector + " uses it. Apply the contract first.";
    }
}
