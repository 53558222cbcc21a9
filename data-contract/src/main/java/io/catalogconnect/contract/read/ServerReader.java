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
        String type = server.key(
                        "type",
                        "Type of the server: it also has the keys of an [S3 server](#s3-server), a [Kafka server](#kafka-server) or a [BigQuery server](#bigquery-server). Required.")
                .word("", "s3", "kafka", "bigquery");
        String name = server.key("server", "Name of the server.").needed().text();
        String environment = server.key("environment", "Environment, such as `local` or `prod`.")
                .needed()
                .text();
        server.ignore("id", "description", "roles");
        switch (type) {
            case "s3" -> landings.add(s3(name, environment, server.as("an S3 server")));
            case "kafka" -> streams.add(kafka(name, environment, server.as("a Kafka server")));
            case "bigquery" -> warehouses.add(bigquery(name, environment, server.as("a BigQuery server")));
            default -> {
                if (!server.has("type")) {
                    findings.error(server.places().own(), "missing", "The key 'type' is missing in a server.");
                }
            }
        }
    }

    private static S3Server s3(String name, String environment, Fields server) {
        Fields extension = server.extension();
        server.key("format", "Format of the files.").word("csv");
        S3Server read = new S3Server(
                name,
                environment,
                server.key("location", "Bucket and prefix of the files: `s3://BUCKET/PREFIX/`.")
                        .needed()
                        .text(),
                server.key("endpointUrl", "Address of the S3 service. Default: AWS.")
                        .text(),
                server.key("delimiter", "Delimiter of the files. Default: a comma.")
                        .text(),
                extension
                        .key("region", "Region of the bucket. Default: `us-east-1`.")
                        .text(),
                extension
                        .key("pathStyle", "Whether the bucket is in the path of requests, not in their host name.")
                        .flag(),
                extension
                        .key(
                                "credentials",
                                "Credentials of the source: the default chain of the AWS SDK, the two keys below, or none.")
                        .word("default", "static", "anonymous"),
                extension
                        .key("accessKeyId", "Access key, with `credentials: static`.")
                        .text(),
                extension
                        .key("secretAccessKey", "Placeholder of the secret key, such as `${env:NAME}`.")
                        .text(),
                extension
                        .key(
                                "fileDate",
                                "Regular expression that finds the date in the key of a file, with a group `date`. Default: the"
                                        + " date is the day of the last modification, in UTC.")
                        .text(),
                extension
                        .key(
                                "pollInterval",
                                "Time between two listings of the bucket, such as `60s`. Default: 30 seconds.")
                        .text(),
                extension
                        .key(
                                "csv",
                                "[Keys](config/s3-csv-source.md) of the source that start with `csv.`, without this prefix.")
                        .textMap(),
                extension.key("tasks", "Maximum number of tasks of the source.").integer(1, MOST_TASKS),
                extension
                        .key("settings", "Further [keys](config/s3-csv-source.md) of the source.")
                        .textMap(),
                server.places().with(extension.places()));
        extension.done();
        server.done();
        return read;
    }

    private static KafkaServer kafka(String name, String environment, Fields server) {
        Fields extension = server.extension();
        KafkaServer read = new KafkaServer(
                name,
                environment,
                server.key("host", "Bootstrap servers: `HOST:PORT`.").needed().text(),
                server.key("format", "Format of the records.").word("json", "avro"),
                extension
                        .key("replication", "Replication factor of the topics. Default: `topics.replication`.")
                        .integer(0, MOST_REPLICAS),
                extension
                        .key("schemaRegistry", "Address of the Schema Registry. Required with `format: avro`.")
                        .text(),
                extension
                        .key("connectPrincipal", "Kafka principal of the workers, which gets ACLs.")
                        .text(),
                extension
                        .key("connectGroup", "`group.id` of the workers, for their ACLs.")
                        .text(),
                server.places().with(extension.places()));
        extension.done();
        server.done();
        return read;
    }

    private static BigQueryServer bigquery(String name, String environment, Fields server) {
        Fields extension = server.extension();
        BigQueryServer read = new BigQueryServer(
                name,
                environment,
                server.key("project", "Google Cloud project.").needed().text(),
                server.key("dataset", "Dataset of the tables. `apply` creates it.")
                        .needed()
                        .text(),
                extension
                        .key("location", "Location of the dataset, such as `EU`. Default: `US`.")
                        .text(),
                extension
                        .key("credentials", "Credentials of the sink: the application default credentials, or none.")
                        .word("default", "none"),
                extension
                        .key("writer", "IAM member of the sink, to which `render --what grants` grants access.")
                        .text(),
                extension
                        .key("restEndpoint", "Address of the REST API. Default: BigQuery.")
                        .text(),
                extension
                        .key("storageEndpoint", "Address of the Storage Write API. Default: BigQuery.")
                        .text(),
                extension
                        .key("storagePlaintext", "Whether the Storage Write API is used without TLS.")
                        .flag(),
                extension
                        .key("delivery", "Delivery in this environment. Default: `delivery` of the contract.")
                        .word("", "append", "replace"),
                extension.key("tasks", "Maximum number of tasks of the sink.").integer(1, MOST_TASKS),
                extension
                        .key("settings", "Further [keys](config/bigquery-partition-sink.md) of the sink.")
                        .textMap(),
                server.places().with(extension.places()));
        extension.done();
        server.done();
        return read;
    }
}
