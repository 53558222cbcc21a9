package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.context.Context;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.live.SinkDataset;
import io.catalogconnect.catalogctl.live.bigquery.BigQueryFacts;
import io.catalogconnect.catalogctl.live.bigquery.BigQueryTables;
import io.catalogconnect.catalogctl.live.bigquery.Dataset;
import io.catalogconnect.catalogctl.live.connect.RestWorkers;
import io.catalogconnect.catalogctl.live.kafka.AdminAcls;
import io.catalogconnect.catalogctl.live.kafka.AdminTopics;
import io.catalogconnect.catalogctl.live.kafka.KafkaCluster;
import io.catalogconnect.contract.model.BigQueryServer;

/** The services of a context, with open connections. */
final class OpenServices implements AutoCloseable {
    private final Services services;
    private final KafkaCluster cluster;

    private OpenServices(Services services, KafkaCluster cluster) {
        this.services = services;
        this.cluster = cluster;
    }

    static OpenServices open(Context context, BigQueryServer warehouse) throws ContextException {
        String project = context.resolve(warehouse.project());
        String name = context.resolve(warehouse.dataset());
        Dataset dataset = new Dataset(new Dataset.Place(
                project,
                name,
                context.resolve(warehouse.location()),
                context.bigQueryEndpoint(),
                context.usesCredentials()));
        KafkaCluster cluster = new KafkaCluster(context.kafka());
        return new OpenServices(
                new Services(
                        new RestWorkers(context.connect()),
                        new AdminTopics(cluster),
                        new AdminAcls(cluster),
                        new BigQueryTables(dataset),
                        new BigQueryFacts(dataset),
                        new SinkDataset(project, name, context::resolveKnown)),
                cluster);
    }

    Services services() {
        return services;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
