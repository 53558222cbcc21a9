package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.client.GoogleClients;
import io.catalogconnect.bigquery.flow.SinkPorts;
import io.catalogconnect.bigquery.replace.ReplaceTables;

/** The ports of a task through Google's clients. Creating them makes no call. */
final class GooglePorts {

    private GooglePorts() {}

    static SinkPorts of(BigQueryPartitionSinkConfig config) {
        GoogleClients clients = new GoogleClients(config.service(), config.connector());
        ReplaceTables tables = ReplaceConfig.tables(config);
        return new SinkPorts(
                clients.streams(),
                clients.registry(config.registryTable()),
                clients.writtenOffsets(config.timestampColumn()),
                clients.catalog(),
                clients.versions(tables, config.connector()),
                clients.publishJobs(tables, config.provisioner(clients.catalog()), config::shape),
                clients.restThreads(),
                clients::close);
    }
}
