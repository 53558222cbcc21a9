package io.catalogconnect.catalogctl.status;

/** A service of which a state is read. */
public enum Service {
    CONNECT(
            "Kafka Connect",
            "Check that a worker runs, and that connect.url of the context is its address.",
            "Connectors, tasks and files are not known."),
    KAFKA(
            "Kafka",
            "Check that the brokers run, and that kafka.bootstrap of the context is their address.",
            "Topics and lag are not known."),
    BIGQUERY(
            "BigQuery",
            "Check bigquery of the context, and the credentials of this machine.",
            "Tables, and what was applied, are not known.");

    private final String title;
    private final String advice;
    private final String unknown;

    Service(String title, String advice, String unknown) {
        this.title = title;
        this.advice = advice;
        this.unknown = unknown;
    }

    /** The name of the service. */
    public String title() {
        return title;
    }

    /** What to do if it does not answer. */
    public String advice() {
        return advice;
    }

    /** What is not known if it does not answer. */
    String unknown() {
        return unknown;
    }
}
