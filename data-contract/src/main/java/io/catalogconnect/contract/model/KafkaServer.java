package io.catalogconnect.contract.model;

/**
 * The Kafka cluster between source and sink.
 *
 * @param format {@code json} or {@code avro}
 * @param replication replication factor of the topics; 0 for the factor of the product
 * @param schemaRegistry address of the schema registry; empty for none
 * @param connectPrincipal principal of the Connect workers; empty if unknown
 * @param connectGroup group ID of the Connect cluster; empty if unknown
 */
public record KafkaServer(
        String name,
        String environment,
        String host,
        String format,
        int replication,
        String schemaRegistry,
        String connectPrincipal,
        String connectGroup,
        Places places) {}
