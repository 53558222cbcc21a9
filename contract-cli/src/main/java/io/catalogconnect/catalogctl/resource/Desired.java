package io.catalogconnect.catalogctl.resource;

import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.KafkaAcl;
import io.catalogconnect.contract.render.SinkConnector;
import io.catalogconnect.contract.render.SourceConnector;
import io.catalogconnect.contract.render.TableGrant;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TopicSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The resources that a contract describes in an environment, with the marks of the contract.
 *
 * @param status the status of the contract, as ODCS names it
 * @param text the text of the contract
 * @param histories the columns of the tables to which the sink appends the rows of the tables that it replaces
 */
public record Desired(
        String contractId,
        String name,
        String version,
        String environment,
        String status,
        String text,
        List<TableSpec> tables,
        List<TableSpec> histories,
        List<TopicSpec> topics,
        List<TableGrant> grants,
        List<Acl> acls,
        Connector sink,
        Connector source) {
    private static final Set<String> DRAFTS = Set.of("proposed", "draft");

    public Desired {
        tables = List.copyOf(tables);
        histories = List.copyOf(histories);
        topics = List.copyOf(topics);
        grants = List.copyOf(grants);
        acls = List.copyOf(acls);
    }

    /** The resources of a valid contract. */
    public static Desired of(Contract contract, Environment environment, String text) {
        String id = contract.identity().id();
        String version = contract.identity().version();
        String status = contract.identity().status();
        return new Desired(
                id,
                contract.identity().name(),
                version,
                environment.name(),
                status,
                text,
                TableSpec.of(contract, environment).stream()
                        .map(table -> table.withLabels(
                                Ownership.labels(table.labels(), id, version, status, environment.name())))
                        .toList(),
                TableSpec.histories(contract, environment),
                TopicSpec.of(contract, environment),
                TableGrant.of(contract, environment),
                Acl.of(KafkaAcl.of(contract, environment)),
                marked(SinkConnector.of(contract, environment), id, version, environment.name()),
                marked(SourceConnector.of(contract, environment), id, version, environment.name()));
    }

    /** True if the product has ended: it wants no resources, so that all of them are left behind. */
    public boolean isRetired() {
        return status.equals("retired");
    }

    /** True if the contract is only planned. */
    public boolean isDraft() {
        return DRAFTS.contains(status);
    }

    /** Why the contract must not change an environment, as complete sentences; empty if it may. */
    public Optional<String> draftRefusal() {
        return isDraft()
                ? Optional.of(
                        "The status of the contract is " + status + ", so it can be planned, but apply, replay and"
                                + " retire refuse it. Set status: active in the contract.")
                : Optional.empty();
    }

    private static Connector marked(Connector connector, String id, String version, String environment) {
        return new Connector(connector.name(), Ownership.marked(connector.config(), id, version, environment));
    }

    /** The connectors in the order in which they are created: the sink reads a topic before the source writes to it. */
    public List<Connector> connectors() {
        return List.of(sink, source);
    }

    /** The table to which the sink appends the rows of a table that it replaces; empty if it replaces none. */
    public Optional<String> history(String table) {
        return sink.config().getOrDefault("write.mode", "append").equals("replace")
                ? Optional.of(historyName(table))
                : Optional.empty();
    }

    /** The name that the history of a table has, or would have if the sink replaced the table. */
    public String historyName(String table) {
        return table + sink.config().getOrDefault("replace.history.suffix", "_history");
    }

    /** The columns of the history of a table; empty if the sink does not replace the table. */
    public Optional<TableSpec> historySpec(String table) {
        return history(table)
                .flatMap(name -> histories.stream()
                        .filter(history -> history.name().equals(name))
                        .findFirst());
    }

    /** All resources and their attributes, in the order in which they are created; none for a product that has ended. */
    public Map<ResourceKey, Map<String, String>> resources() {
        Map<ResourceKey, Map<String, String>> resources = new LinkedHashMap<>();
        if (isRetired()) {
            return resources;
        }
        tables.forEach(table -> resources.put(new ResourceKey(Kind.TABLE, table.name()), Attributes.of(table)));
        topics.forEach(topic -> resources.put(new ResourceKey(Kind.TOPIC, topic.name()), Attributes.of(topic)));
        grants.forEach(grant -> resources.put(ResourceKey.of(grant), Attributes.ACCESS));
        acls.forEach(acl -> resources.put(ResourceKey.of(acl), Attributes.ACCESS));
        connectors()
                .forEach(connector ->
                        resources.put(new ResourceKey(Kind.CONNECTOR, connector.name()), connector.config()));
        return resources;
    }
}
