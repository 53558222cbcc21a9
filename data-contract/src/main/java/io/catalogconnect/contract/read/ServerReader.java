package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.KafkaServer;
import io.catalogconnect.contract.model.S3Server;
import java.util.ArrayList;
import java.util.List;

/** Reads the servers of a contract. For one contract. */
final class ServerReader {
    private static final int MOST_TASKS = 100;
    private static final int MOST_REPLICAS = 9;

    private final Findings findings;
    private final List<S3Server> landings = new ArrayList<>();
    private final List<KafkaServer> streams = new ArrayList<>();
    private final List<BigQueryServer> warehouses = new ArrayList<>();

    ServerReader(Findings findings) {
        this.findings = findings;
    }

    List<S3Server> landings() {
        return landings;
    }

    List<KafkaServer> streams() {
        return streams;
    }

    List<BigQueryServer> warehouses() {
        return warehouses;
    }

    /** Reads one server. */
    void add(Fields server) {
        String type = server.word("type", "", "s3", "kafka", "bigquery");
        String name = server.needed("server");
        String environment = server.needed("environment");
        Fields extension = server.extension();
        server.ignore("id", "description", "roles");
        switch (type) {
            case "s3" -> landings.add(s3(name, environment, server, extension));
            case "kafka" -> streams.add(kafka(name, environment, server, extension));
            case "bigquery" -> warehouses.add(bigquery(name, environment, server, extension));
            default -> {
                if (!server.has("type")) {
                    findings.error(server.places().own(), "missing", "The key 'type' is missing in a server.");
                }
                return;
            }
        }
        extension.done();
        server.done();
    }

    private static S3Server s3(String name, String environment, Fields server, Fields extension) {
        server.word("format", "csv");
        return new S3Server(
                name,
                environment,
                server.needed("location"),
                server.text("endpointUrl"),
                server.text("delimiter"),
                extension.text("region"),
                extension.flag("pathStyle"),
                extension.word("credentials", "default", "static", "anonymous"),
                extension.text("accessKeyId"),
                extension.text("secretAccessKey"),
                extension.text("fileDate"),
                extension.text("pollInterval"),
                extension.textMap("csv"),
                extension.integer("tasks", 1, MOST_TASKS),
                extension.textMap("settings"),
                server.places().with(extension.places()));
    }

    private static KafkaServer kafka(String name, String environment, Fields server, Fields extension) {
        return new KafkaServer(
                name,
                environment,
                server.needed("host"),
                server.word("format", "json", "avro"),
                extension.integer("replication", 0, MOST_REPLICAS),
                extension.text("schemaRegistry"),
                extension.text("connectPrincipal"),
                extension.text("connectGroup"),
                server.places().with(extension.places()));
    }

    private static BigQueryServer bigquery(String name, String environment, Fields server, Fields extension) {
        return new BigQueryServer(
                name,
                environment,
                server.needed("project"),
                server.needed("dataset"),
                extension.text("location"),
                extension.word("credentials", "default", "none"),
                extension.text("writer"),
                extension.text("restEndpoint"),
                extension.text("storageEndpoint"),
                extension.flag("storagePlaintext"),
                extension.word("delivery", "", "append", "replace"),
                extension.integer("tasks", 1, MOST_TASKS),
                extension.textMap("settings"),
                server.places().with(extension.places()));
    }
}
