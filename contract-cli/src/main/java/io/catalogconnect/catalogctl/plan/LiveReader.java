package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TableGrant;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TopicSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the part of an environment that a contract is compared with. Changes nothing. */
public final class LiveReader {
    private LiveReader() {}

    /** Reads the resources of a contract and the facts about it. */
    public static Live read(Desired desired, Services services) throws InterruptedException {
        List<ContractState> states = services.facts().states();
        ContractState own = states.stream()
                .filter(state -> state.isOf(desired.contractId(), desired.environment()))
                .findFirst()
                .orElseGet(() -> ContractState.none(desired.contractId(), desired.environment()));
        Map<String, TableSpec> tables = new HashMap<>();
        Map<String, TableSpec> histories = new HashMap<>();
        for (TableSpec table : desired.tables()) {
            String name = table.name();
            services.tables().find(name).ifPresent(found -> tables.put(name, found));
            desired.history(name).flatMap(services.tables()::find).ifPresent(found -> histories.put(name, found));
        }
        Set<TableGrant> grants = new HashSet<>();
        for (String table :
                desired.grants().stream().map(TableGrant::table).distinct().toList()) {
            if (tables.containsKey(table)) {
                grants.addAll(services.tables().grants(table));
            }
        }
        return new Live(
                tables,
                histories,
                services.topics()
                        .find(desired.topics().stream().map(TopicSpec::name).toList()),
                grants,
                desired.acls().isEmpty()
                        ? Optional.of(Set.of())
                        : services.acls().find(),
                services.workers().connectors(),
                own,
                states.stream().filter(state -> !state.equals(own)).toList(),
                services.facts().log(desired.contractId(), desired.environment()));
    }
}
