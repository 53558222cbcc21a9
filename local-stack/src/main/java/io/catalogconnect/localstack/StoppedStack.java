package io.catalogconnect.localstack;

import io.catalogconnect.localstack.bigquery.BigQueryProcess;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The tables that the last run left, served by local-bigquery alone. */
public final class StoppedStack implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final StateLock lock;
    private final JavaProcess bigQuery;
    private final CatalogDataset dataset;

    private StoppedStack(StateLock lock, JavaProcess bigQuery, CatalogDataset dataset) {
        this.lock = lock;
        this.bigQuery = bigQuery;
        this.dataset = dataset;
    }

    /**
     * Starts local-bigquery on the state folder's database.
     *
     * @throws IOException if the folder has no state, or a stack is running on it
     */
    public static StoppedStack open(StackLayout layout) throws IOException, InterruptedException {
        if (!Files.exists(layout.database())) {
            throw new IOException("There are no tables in " + layout.state() + " yet. Run ./pipeline demo first");
        }
        StateLock lock = StateLock.take(layout.state());
        try {
            FreePorts free = new FreePorts(RandomGenerator.getDefault());
            int restPort = free.take(0);
            JavaProcess bigQuery = BigQueryProcess.start(layout, restPort, free.take(0));
            bigQuery.awaitReady(START_TIMEOUT);
            return new StoppedStack(lock, bigQuery, new CatalogDataset("http://127.0.0.1:" + restPort));
        } catch (IOException | InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The dataset of the main job. */
    public CatalogDataset dataset() {
        return dataset;
    }

    @Override
    public void close() throws IOException {
        bigQuery.close();
        lock.close();
    }
}
