package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A kind of files that can be rendered from a valid contract for one of its environments. */
public enum Rendering {
    /** Source and sink as Connect's REST API accepts them. */
    CONNECTORS("connectors"),
    /** The environment variables that the connectors refer to. */
    WORKER_ENV("worker-env"),
    /** Resources for Strimzi: connectors, topics and users. */
    STRIMZI("strimzi"),
    /** Kafka ACLs of the workers and of the consumers, as commands. */
    KAFKA_ACLS("kafka-acls"),
    /** The value schemas of the topics. */
    AVRO("avro"),
    /** The IAM policy of the source. */
    AWS_POLICY("aws-policy"),
    /** The lifecycle rule that deletes files after the retention. */
    S3_LIFECYCLE("s3-lifecycle"),
    /** The tables as SQL. */
    TABLES("tables"),
    /** The custom roles of the sink. */
    BIGQUERY_ROLE("bigquery-role"),
    /** The access of the sink and of the consumers, as SQL. */
    GRANTS("grants"),
    /** Alert rules for Prometheus from the service levels. */
    ALERTS("alerts");

    private final String word;

    Rendering(String word) {
        this.word = word;
    }

    /** The files. Empty if the contract has nothing of this kind. */
    public List<RenderedFile> of(Contract contract, Environment environment) {
        return switch (this) {
            case CONNECTORS -> connectors(contract, environment);
            case WORKER_ENV -> WorkerEnvironment.of(contract, environment);
            case STRIMZI -> StrimziResources.of(contract, environment);
            case KAFKA_ACLS -> KafkaAcl.commands(contract, environment);
            case AVRO -> AvroSchemas.of(contract, environment);
            case AWS_POLICY -> S3Resources.policy(environment);
            case S3_LIFECYCLE -> S3Resources.lifecycle(contract, environment);
            case TABLES -> BigQueryResources.tables(contract, environment);
            case BIGQUERY_ROLE -> BigQueryResources.role(contract, environment);
            case GRANTS -> BigQueryResources.grants(contract, environment);
            case ALERTS -> AlertRules.of(contract, environment);
        };
    }

    /** All words, for messages. */
    public static String words() {
        return Stream.of(values()).map(Rendering::toString).collect(Collectors.joining(", "));
    }

    /** The word that users write. */
    @Override
    public String toString() {
        return word;
    }

    private static List<RenderedFile> connectors(Contract contract, Environment environment) {
        return Stream.of(SourceConnector.of(contract, environment), SinkConnector.of(contract, environment))
                .map(connector -> new RenderedFile(connector.name() + ".json", connector.json()))
                .toList();
    }
}
