package io.catalogconnect.catalogctl.retire;

import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Live;
import io.catalogconnect.catalogctl.plan.Owners;
import io.catalogconnect.catalogctl.plan.Owners.Owner;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which resources must not be deleted.
 *
 * @param named the resources that are deleted together, connectors first
 */
record DeletionRules(Live live, Services services, Set<ResourceKey> named) {
    /** Why a resource must not be deleted, as complete sentences; empty if it may be. */
    Optional<String> refusal(ResourceKey resource) throws InterruptedException {
        Owners owners = new Owners(live);
        return switch (resource.kind()) {
            case TABLE -> {
                Optional<TableSpec> table = services.tables().find(resource.name());
                yield table.flatMap(found -> notOwn(owners.of(found)))
                        .or(() -> user(resource).map(DeletionRules::used));
            }
            case TOPIC -> user(resource).map(DeletionRules::used).or(() -> notOwn(owners.ofTopic(resource)));
            case GRANT, ACL -> {
                if (live.others().stream().anyMatch(other -> other.resources().containsKey(resource))) {
                    yield Optional.of("another contract or environment has it too.");
                }
                yield resource.isSharedAcl() && exists(resource) ? strange(owners) : Optional.empty();
            }
            case CONNECTOR ->
                live.connectors().stream()
                        .filter(connector -> connector.name().equals(resource.name()))
                        .findFirst()
                        .flatMap(connector -> notOwn(owners.of(connector)));
        };
    }

    private boolean exists(ResourceKey acl) throws InterruptedException {
        return services.acls().find().orElse(Set.of()).stream()
                .anyMatch(existing -> ResourceKey.of(existing).equals(acl));
    }

    /** A connector whose contract has its facts in another dataset, if it has any: nobody knows which ACLs it needs. */
    private Optional<String> strange(Owners owners) {
        return live.connectors().stream()
                .filter(connector -> owners.of(connector) != Owner.THIS_CONTRACT)
                .map(DeployedConnector::name)
                .filter(name -> live.others().stream()
                        .noneMatch(other -> other.resources().containsKey(new ResourceKey(Kind.CONNECTOR, name))))
                .sorted()
                .findFirst()
                .map(
                        name -> "the connector " + name
                                + " does not belong to a contract in this dataset, and may need it"
                                + " too. If no other product needs it, delete it with kafka-acls.sh, and run the command again.");
    }

    private static Optional<String> notOwn(Owner owner) {
        return switch (owner) {
            case THIS_CONTRACT -> Optional.empty();
            case OTHER_CONTRACT, NOBODY -> Optional.of("it does not carry the mark of this contract.");
            case OTHER_ENVIRONMENT -> Optional.of("it belongs to another environment of this contract.");
            case UNKNOWN_ENVIRONMENT ->
                Optional.of("the facts of another environment contain it too. If no environment needs it, delete it by"
                        + " hand.");
        };
    }

    /** A connector whose configuration names the table or the topic, and which is not deleted before. */
    private Optional<String> user(ResourceKey resource) {
        return live.connectors().stream()
                .filter(connector -> Owners.uses(connector, resource))
                .filter(connector ->
                        resource.kind() == Kind.TOPIC || services.dataset().mayBeOf(connector.config()))
                .map(DeployedConnector::name)
                .filter(name -> !named.contains(new ResourceKey(Kind.CONNECTOR, name)))
                .findFirst();
    }

    private static String used(String connector) {
        return "the connector " + connector
                + " uses it. Apply the contract first, or name the connector too if it is left behind.";
    }
}
