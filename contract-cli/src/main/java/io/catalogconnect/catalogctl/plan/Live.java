package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.List;
import java.util.Map;

/**
 * The part of an environment that a contract is compared with.
 *
 * @param tables the tables of the contract that exist, by name
 * @param topics the topics of the contract that exist, by name
 * @param connectors all connectors of the cluster
 * @param state the facts about the contract
 * @param others the facts about other contracts in the same dataset
 */
public record Live(
        Map<String, TableSpec> tables,
        Map<String, TopicSpec> topics,
        List<DeployedConnector> connectors,
        ContractState state,
        List<ContractState> others) {
    public Live {
        tables = Map.copyOf(tables);
        topics = Map.copyOf(topics);
        connectors = List.copyOf(connectors);
        others = List.copyOf(others);
    }
}
