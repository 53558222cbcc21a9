package io.catalogconnect.catalogctl.live;

import io.catalogconnect.catalogctl.resource.ResourceKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facts about a contract in an environment.
 *
 * @param revision increased by each change of the facts; 0 before the first one
 * @param applies number of the last apply; 0 before the first one
 * @param holder holder of the lease; empty if it is free
 * @param since time at which the lease was taken or renewed
 * @param version version that was applied last; empty before the first apply
 * @param text text of the contract that was applied last
 * @param resources resources of the contract and the attributes that were applied last; for a resource that an apply has
 *     claimed and not completed, none, or only the histories of a table
 */
public record ContractState(
        String contractId,
        String environment,
        long revision,
        long applies,
        String holder,
        Instant since,
        String version,
        String text,
        Map<ResourceKey, Map<String, String>> resources) {
    public ContractState {
        resources = Collections.unmodifiableMap(new TreeMap<>(resources));
    }

    /** The state before the first apply. */
    public static ContractState none(String contractId, String environment) {
        return new ContractState(contractId, environment, 0, 0, "", Instant.EPOCH, "", "", Map.of());
    }

    /** True for the state of this contract in this environment. */
    public boolean isOf(String otherId, String otherEnvironment) {
        return contractId.equals(otherId) && environment.equals(otherEnvironment);
    }

    /** The next revision with another holder. */
    public ContractState heldBy(String newHolder, Instant now) {
        return new ContractState(
                contractId, environment, revision + 1, applies, newHolder, now, version, text, resources);
    }

    /** The same with other resources. */
    public ContractState withResources(Map<ResourceKey, Map<String, String>> changed) {
        return new ContractState(contractId, environment, revision, applies, holder, since, version, text, changed);
    }

    /** The same after an apply of a version. */
    public ContractState applied(String newVersion, String newText) {
        return new ContractState(
                contractId, environment, revision, applies, holder, since, newVersion, newText, resources);
    }

    /** The same with the next number of an apply. */
    public ContractState nextApply() {
        return new ContractState(
                contractId, environment, revision, applies + 1, holder, since, version, text, resources);
    }
}
