package io.catalogconnect.contract.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data contract. Texts that are absent are empty.
 *
 * @param objects the first object is the product, the others are parts of it
 * @param places places of the top-level keys
 */
public record Contract(
        Identity identity,
        Product product,
        List<S3Server> landings,
        List<KafkaServer> streams,
        List<BigQueryServer> warehouses,
        List<DataObject> objects,
        List<ServiceLevel> serviceLevels,
        List<Grant> grants,
        Team team,
        Places places) {
    public Contract {
        landings = List.copyOf(landings);
        streams = List.copyOf(streams);
        warehouses = List.copyOf(warehouses);
        objects = List.copyOf(objects);
        serviceLevels = List.copyOf(serviceLevels);
        grants = List.copyOf(grants);
    }

    /** The names of the environments in the order of the file. */
    public Set<String> environmentNames() {
        return Stream.of(
                        landings.stream().map(S3Server::environment),
                        streams.stream().map(KafkaServer::environment),
                        warehouses.stream().map(BigQueryServer::environment))
                .flatMap(names -> names)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The servers of an environment; empty if one of the three is absent. */
    public Optional<Environment> environment(String name) {
        Optional<S3Server> landing = landings.stream()
                .filter(server -> server.environment().equals(name))
                .findFirst();
        Optional<KafkaServer> stream = streams.stream()
                .filter(server -> server.environment().equals(name))
                .findFirst();
        Optional<BigQueryServer> warehouse = warehouses.stream()
                .filter(server -> server.environment().equals(name))
                .findFirst();
        return landing.flatMap(s3 -> stream.flatMap(
                kafka -> warehouse.map(bigquery -> new Environment(name, s3, kafka, bigquery, product))));
    }

    /** The name of the source connector: that of {@code connectors}, or derived from the name of the contract. */
    public String sourceConnector() {
        return product.sourceConnector().isEmpty() ? identity.name() + "-source" : product.sourceConnector();
    }

    /** The name of the sink connector: that of {@code connectors}, or derived from the name of the contract. */
    public String sinkConnector() {
        return product.sinkConnector().isEmpty() ? identity.name() + "-sink" : product.sinkConnector();
    }

    /** The service level of a kind, such as {@code retention}. */
    public Optional<ServiceLevel> serviceLevel(String property) {
        return serviceLevels.stream()
                .filter(level -> level.property().equals(property))
                .findFirst();
    }
}
