package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.context.Context;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.live.bigquery.BigQueryFacts;
import io.catalogconnect.catalogctl.live.bigquery.BigQueryTables;
import io.catalogconnect.catalogctl.live.bigquery.Dataset;
import io.catalogconnect.catalogctl.live.connect.RestWorkers;
import io.catalogconnect.catalogctl.live.kafka.AdminTopics;
import io.catalogconnect.contract.model.BigQueryServer;

/** The services of a context, with open connections. */
final class OpenServices implements AutoCloseable {
    private final Services services;
    private final AdminTopics topics;

    private OpenServices(Services services, AdminTopics topics) {
        this.services = services;
        this.topics = topics;
    }

    static OpenServices open(Context context, BigQueryServer warehouse) throws ContextException {
        Dataset dataset = new Dataset(new Dataset.Place(
                context.resolve(warehouse.project()),
                context.resolve(warehouse.dataset()),
                context.resolve(warehouse.location()),
                context.bigQueryEndpoint(),
                context.usesCredentials()));
        AdminTopics topics = new AdminTopics(context.kafka());
        return new OpenServices(
                new Services(
                        new RestWorkers(context.connect()),
                        topics,
                        new BigQueryTables(dataset),
                        new BigQueryFacts(dataset)),
                topics);
    }

    Services services() {
        return services;
    }

    @Override
    public void close() {
        topics.close();
    }
}
