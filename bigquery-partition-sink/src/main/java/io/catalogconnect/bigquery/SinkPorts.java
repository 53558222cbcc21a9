package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.client.GoogleClients;
import io.catalogconnect.bigquery.client.ReplaceTables;
import io.catalogconnect.bigquery.commit.StreamRegistry;
import io.catalogconnect.bigquery.commit.WriteStreams;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import io.catalogconnect.bigquery.replace.PublishJobs;
import io.catalogconnect.bigquery.replace.VersionLedger;
import io.catalogconnect.bigquery.table.TableCatalog;
import java.util.concurrent.Executor;

/**
 * What a task needs of the world outside.
 *
 * @param waiting where calls that wait may run
 * @param release lets go of all of it, without waiting
 */
record SinkPorts(
        WriteStreams streams,
        StreamRegistry registry,
        WrittenOffsets writtenOffsets,
        TableCatalog catalog,
        VersionLedger versions,
        PublishJobs publishJobs,
        Executor waiting,
        Runnable release) {

    /** BigQuery, through Google's clients. Asks nobody yet. */
    static SinkPorts google(BigQueryPartitionSinkConfig config) {
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
