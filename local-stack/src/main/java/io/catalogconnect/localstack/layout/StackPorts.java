package io.catalogconnect.localstack.layout;

/**
 * The ports to listen on, all of 127.0.0.1; 0 takes a free one.
 *
 * @param connect Kafka Connect's REST API
 * @param kafka the broker
 * @param s3 the S3 server
 * @param bigQueryRest BigQuery's REST API
 * @param bigQueryStorage BigQuery's Storage Write API (gRPC)
 */
public record StackPorts(int connect, int kafka, int s3, int bigQueryRest, int bigQueryStorage) {
    /** Free ports for all. */
    public static final StackPorts FREE = new StackPorts(0, 0, 0, 0, 0);

    /** The addresses of a stack on these ports. A free port that is not yet known is 0. */
    public Endpoints endpoints() {
        return new Endpoints(connect, kafka, 0, s3, bigQueryRest, bigQueryStorage);
    }
}
