package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.live.ReplayLog.OpenReplay;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.contract.render.TableGrant;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of an environment that a contract is compared with.
 *
 * @param tables the tables of the contract that exist, by name
 * @param histories the histories of the tables of the contract that exist, by the name of the table
 * @param topics the topics of the contract that exist, by name
 * @param grants the roles of all members on those tables for which the contract has grants
 * @param acls all ACLs of the cluster, if the contract has ACLs; empty if the cluster has no authorizer
 * @param connectors all connectors of the cluster
 * @param state the facts about the contract
 * @param others the facts about other contracts, and other environments of this one, in the same dataset
 * @param log the log of the contract, in the order of time
 */
public record Live(
        Map<String, TableSpec> tables,
        Map<String, TableSpec> histories,
        Map<String, TopicSpec> topics,
        Set<TableGrant> grants,
        Optional<Set<Acl>> acls,
        List<DeployedConnector> connectors,
        ContractState state,
        List<ContractState> others,
        List<LogEntry> log) {
    public Live {
        tables = Map.copyOf(tables);
        histories = Map.copyOf(histories);
        topics = Map.copyOf(topics);
        grants = Set.copyOf(grants);
        connectors = List.copyOf(connectors);
        others = List.copyOf(others);
        log = List.copyOf(log);
    }

    /** The replay that has not ended. */
    Optional<OpenReplay> replay() {
        return ReplayLog.open(log);
    }
}
