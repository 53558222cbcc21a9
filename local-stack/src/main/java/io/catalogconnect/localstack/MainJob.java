package io.catalogconnect.localstack;

import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.util.List;

/**
 * One source and one sink: the main job, as {@code config/connectors} defines it, or the connectors of a contract.
 *
 * @param source the connector that reads the bucket
 * @param sink the connector that writes the tables
 */
public record MainJob(ConnectorDefinition source, ConnectorDefinition sink) {
    /** Reads the main job's two connectors. */
    public static MainJob read(StackLayout layout) {
        return of("config/connectors", ConnectorDefinition.readAll(layout.connectors()));
    }

    /** Reads the connectors of the main job in its other form: a file delivered again replaces its rows. */
    public static MainJob readReplacing(StackLayout layout) {
        return of(
                "config/connectors/replace",
                ConnectorDefinition.readAll(layout.connectors().resolve("replace")));
    }

    /**
     * The connectors of a data product.
     *
     * @param name where they are from, for messages
     */
    public static MainJob of(String name, List<ConnectorDefinition> connectors) {
        return new MainJob(
                only(name, connectors, "S3CsvSourceConnector"),
                only(name, connectors, "BigQueryPartitionSinkConnector"));
    }

    /** Both; the sink first, so that it is there when the first record comes. */
    public List<ConnectorDefinition> connectors() {
        return List.of(sink, source);
    }

    /** The topics that the sink reads. */
    public List<String> topics() {
        return sink.list("topics");
    }

    /** The tables that the sink writes, in the order of its configuration. */
    public List<String> tables() {
        return sink.list("tables").stream()
                .map(entry -> entry.substring(entry.lastIndexOf(':') + 1).strip())
                .toList();
    }

    /** The consumer group of the sink. */
    public String sinkGroup() {
        return "connect-" + sink.name();
    }

    private static ConnectorDefinition only(String name, List<ConnectorDefinition> connectors, String simpleName) {
        List<ConnectorDefinition> found = connectors.stream()
                .filter(connector -> connector.isA(simpleName))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    name + " holds " + found.size() + " connectors of class " + simpleName + "; it must be one");
        }
        return found.get(0);
    }
}
