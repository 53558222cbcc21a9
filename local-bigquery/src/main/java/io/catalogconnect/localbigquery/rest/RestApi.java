package io.catalogconnect.localbigquery.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.job.Expiration;
import io.catalogconnect.localbigquery.job.Jobs;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** The REST API of one warehouse. Mount it at {@code /} of a JDK HTTP server. Does not close the warehouse. Thread-safe. */
public final class RestApi implements HttpHandler, AutoCloseable {

    private final Jobs jobs;
    private final HttpAdapter adapter;

    private RestApi(Warehouse warehouse, Permissions permissions, Jobs jobs) {
        this.jobs = jobs;
        this.adapter = new HttpAdapter(routes(warehouse, permissions, jobs), new Expiration(warehouse));
    }

    /**
     * Creates the API and reads the job log.
     *
     * @param latency the time that each statement runs at least
     * @throws SQLException when the job log cannot be read
     */
    public static RestApi open(Warehouse warehouse, Permissions permissions, Duration latency) throws SQLException {
        return new RestApi(warehouse, permissions, Jobs.open(warehouse, permissions, latency));
    }

    private static Router routes(Warehouse warehouse, Permissions permissions, Jobs jobs) {
        Router router = new Router();
        new ProjectRoutes(warehouse).addTo(router);
        new DatasetRoutes(warehouse, permissions).addTo(router);
        new TableRoutes(warehouse, permissions, jobs).addTo(router);
        new PolicyRoutes(warehouse, permissions).addTo(router);
        new TableDataRoutes(warehouse, permissions, jobs).addTo(router);
        new UploadRoutes(jobs).addTo(router);
        new JobRoutes(jobs).addTo(router);
        new QueryRoutes(jobs).addTo(router);
        return router;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        adapter.handle(exchange);
    }

    /** The jobs, whose results the Storage Read API reads. */
    public Jobs jobs() {
        return jobs;
    }

    /** Cancels running jobs and removes the results of queries. */
    @Override
    public void close() throws SQLException {
        jobs.close();
    }
}
