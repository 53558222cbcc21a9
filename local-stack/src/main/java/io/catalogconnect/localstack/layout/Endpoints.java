package io.catalogconnect.localstack.layout;

/** The ports of 127.0.0.1 that the parts of a running stack listen on, and their addresses as clients write them. */
public record Endpoints(
        int connectPort, int kafkaPort, int controllerPort, int s3Port, int bigQueryRestPort, int bigQueryStoragePort) {

    /** Kafka Connect's REST API. */
    public String connect() {
        return "http://127.0.0.1:" + connectPort;
    }

    /** The broker, as {@code bootstrap.servers}. */
    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** The S3 service. */
    public String s3() {
        return "http://127.0.0.1:" + s3Port;
    }

    /** BigQuery's REST API. */
    public String bigQueryRest() {
        return "http://127.0.0.1:" + bigQueryRestPort;
    }

    /** BigQuery's Storage Write API. */
    public String bigQueryStorage() {
        return "127.0.0.1:" + bigQueryStoragePort;
    }
}
