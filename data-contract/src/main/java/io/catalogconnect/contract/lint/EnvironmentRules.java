package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.KafkaServer;
import io.catalogconnect.contract.model.S3Server;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Each environment has one server of each type. */
record EnvironmentRules(Contract contract, Findings findings) {

    void check() {
        if (contract.environmentNames().isEmpty()) {
            findings.error(
                    contract.places().value("servers"),
                    "environment",
                    "The contract has no servers. Add an s3, a kafka and a bigquery server for each environment.");
        }
        List<String> s3 =
                contract.landings().stream().map(S3Server::environment).toList();
        List<String> kafka =
                contract.streams().stream().map(KafkaServer::environment).toList();
        List<String> bigquery =
                contract.warehouses().stream().map(BigQueryServer::environment).toList();
        for (String name : contract.environmentNames()) {
            count(name, "s3", s3);
            count(name, "kafka", kafka);
            count(name, "bigquery", bigquery);
        }
        for (S3Server server : contract.landings()) {
            if (!server.location().isEmpty() && server.bucket().isEmpty()) {
                findings.error(
                        server.places().value("location"),
                        "location",
                        "The location of the server " + server.name() + " is not of the form s3://BUCKET/PREFIX.");
            }
        }
        for (KafkaServer server : contract.streams()) {
            if (server.format().equals("avro") && server.schemaRegistry().isEmpty()) {
                findings.error(
                        server.places().value("format"),
                        "schema-registry",
                        "The server " + server.name() + " has the format avro and no schemaRegistry.");
            }
        }
        boolean replaces = Stream.concat(
                        Stream.of(contract.product().delivery()),
                        contract.warehouses().stream().map(BigQueryServer::delivery))
                .anyMatch("replace"::equals);
        if (replaces && contract.product().topics().events().isEmpty()) {
            findings.error(
                    contract.product().places().value("topics"),
                    "events",
                    "The delivery replace needs a topic for the ends of files. Set topics.events.");
        }
    }

    private void count(String environment, String type, List<String> environments) {
        int number = Collections.frequency(environments, environment);
        if (number != 1) {
            findings.error(
                    contract.places().value("servers"),
                    "environment",
                    "The environment '" + environment + "' has " + number + " servers of the type " + type
                            + ". It needs one.");
        }
    }
}
