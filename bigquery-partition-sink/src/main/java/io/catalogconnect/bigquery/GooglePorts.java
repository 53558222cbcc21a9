package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.client.GoogleClients;
import io.catalogconnect.bigquery.commit.Batch;
import io.catalogconnect.bigquery.commit.BatchedRegistry;
import io.catalogconnect.bigquery.commit.PacedStreams;
import io.catalogconnect.bigquery.commit.TakeOverPorts;
import io.catalogconnect.bigquery.config.SinkSettings;
import io.catalogconnect.bigquery.flow.FlowSettings;
import io.catalogconnect.bigquery.flow.SinkPorts;
import io.catalogconnect.bigquery.record.TableLayout;
import io.catalogconnect.bigquery.replace.BatchedLedger;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Clock;
import java.time.Duration;

/** The ports of a task through Google's clients. Creating them makes no call. */
final class GooglePorts {

    private static final Duration REGISTRATION_PATIENCE = Duration.ofSeconds(5);

    private GooglePorts() {}

    static SinkPorts of(SinkSettings settings) {
        String connector = settings.flow().connector();
        FlowSettings.Records records = settings.flow().records();
        TableLayout published = settings.published();
        GoogleClients clients = new GoogleClients(settings.service(), connector);
        Batch.Timing timing = Batch.Timing.of(
                GoogleClients.timer(), settings.flow().writer().takeOver().timeout());
        PacedStreams streams =
                new PacedStreams(clients.streams(), settings.streamsPerSecond(), timing.timer(), Clock.systemUTC());
        // While streams are being created, more lanes will be registered soon.
        Batch.Timing registering =
                new Batch.Timing(timing.timer(), streams::isPacing, REGISTRATION_PATIENCE, timing.timeout());
        return new SinkPorts(
                streams,
                new TakeOverPorts(
                        new BatchedRegistry(clients.registry(settings.registryTable()), timing, registering),
                        clients.checkpoints(settings.checkpointsTable(), timing),
                        clients.writtenOffsets(settings.timestampColumn(), timing)),
                clients.catalog(),
                new BatchedLedger(clients.versions(settings.replaceTables(), connector), timing),
                clients.publishJobs(
                        settings.replaceTables(),
                        new TableProvisioner(clients.catalog(), records.createTables(), records.evolution()),
                        columns -> new TableShape(
                                published.policyTags().apply(columns),
                                published.partitioning(),
                                published.clustering(),
                                published.labels(),
                                published.descriptions().table()),
                        timing),
                clients.restThreads(),
                clients::close);
    }
}
