package io.catalogconnect.benchmarks.localbigquery;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.TableName;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.catalogconnect.benchmarks.catalog.CatalogBlock;
import io.catalogconnect.benchmarks.connectors.RowFile;
import io.catalogconnect.benchmarks.duel.Duel;
import io.catalogconnect.benchmarks.duel.Figure;
import io.catalogconnect.localstack.StateFolder;
import io.catalogconnect.localstack.bigquery.BigQueryProcess;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Catalogue rows of about 800 bytes into a table of local-bigquery, in a separate process: one COMMITTED stream, Google's
 * client, requests of 500 rows with explicit offsets, each durable before it is acknowledged. The baseline is DuckDB's own
 * appender, in this process, into a file: one transaction in all. Client and server share the machine; the appender has it
 * for itself.
 */
public final class CommittedStreamBenchmark {
    /** Google's client logs each connection, and its closing as an error. Held strongly, or the level is lost. */
    private static final Logger CLIENT_LOG = Logger.getLogger("com.google.cloud.bigquery.storage.v1");

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final String PROJECT = "p";
    private static final String DATASET = "d";
    private static final int REQUEST_ROWS = 500;
    private static final int REQUESTS_IN_FLIGHT = 60;

    private final BigQuery rest;
    private final BigQueryWriteClient client;
    private final Path folder;
    private final List<RowFile.Row> rows;
    private final List<ProtoRows> requests;
    private final int repeat;
    private int runs;

    private CommittedStreamBenchmark(
            BigQuery rest, BigQueryWriteClient client, Path folder, List<RowFile.Row> rows, int repeat) {
        this.rest = rest;
        this.client = client;
        this.folder = folder;
        this.rows = rows;
        this.repeat = repeat;
        this.requests = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += REQUEST_ROWS) {
            requests.add(ProductRows.encode(rows.subList(i, i + REQUEST_ROWS)));
        }
    }

    /**
     * Runs it.
     *
     * @param home the project's folder, built
     * @param rows approximate number of rows per run
     */
    public static Figure run(Path home, int rows, int rounds, Consumer<String> progress) throws Exception {
        CLIENT_LOG.setLevel(Level.WARNING);
        Path folder = Files.createTempDirectory("catalog-benchmark");
        Files.createFile(folder.resolve("lock"));
        StackLayout layout = new StackLayout(home, folder);
        FreePorts ports = new FreePorts(RandomGenerator.getDefault());
        int restPort = ports.take(0);
        int storagePort = ports.take(0);
        progress.accept("Starting local-bigquery");
        try (JavaProcess process = BigQueryProcess.start(layout, restPort, storagePort)) {
            process.awaitReady(START_TIMEOUT);
            try (BigQueryWriteClient client = client("127.0.0.1:" + storagePort)) {
                BigQuery rest = rest("http://127.0.0.1:" + restPort);
                rest.create(DatasetInfo.of(DATASET));
                CatalogBlock block = CatalogBlock.generate();
                CommittedStreamBenchmark benchmark = new CommittedStreamBenchmark(
                        rest,
                        client,
                        Files.createDirectories(layout.run()),
                        block.rows(),
                        Math.max(1, rows / CatalogBlock.ROWS));
                progress.accept(
                        "%,d rows a run, %,d bytes of CSV each".formatted(benchmark.count(), block.bytesPerRow()));
                Duel.Outcome outcome =
                        new Duel("rows/s", 1, progress).run(rounds, benchmark::committedStream, benchmark::appender);
                return new Figure(
                        "local-bigquery, one COMMITTED stream",
                        "DuckDB's appender",
                        "rows/s",
                        outcome,
                        "ratio of 0.5 or more");
            }
        } finally {
            StateFolder.empty(folder);
            Files.delete(folder.resolve("lock"));
            Files.delete(folder);
        }
    }

    private long count() {
        return (long) repeat * rows.size();
    }

    private double committedStream() throws Exception {
        TableId table = TableId.of(PROJECT, DATASET, "t" + ++runs);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < ProductRows.NAMES.size(); i++) {
            fields.add(Field.of(ProductRows.NAMES.get(i), StandardSQLTypeName.valueOf(ProductRows.TYPES.get(i))));
        }
        rest.create(TableInfo.of(table, StandardTableDefinition.of(Schema.of(fields))));
        String stream = client.createWriteStream(CreateWriteStreamRequest.newBuilder()
                        .setParent(
                                TableName.of(PROJECT, DATASET, table.getTable()).toString())
                        .setWriteStream(WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED))
                        .build())
                .getName();
        double rate;
        try (StreamWriter writer = StreamWriter.newBuilder(stream, client)
                .setWriterSchema(ProtoSchema.newBuilder()
                        .setProtoDescriptor(ProductRows.DESCRIPTOR)
                        .build())
                .build()) {
            long begin = System.nanoTime();
            append(writer);
            rate = count() * 1e9 / (System.nanoTime() - begin);
        }
        long written = client.finalizeWriteStream(stream).getRowCount();
        if (written != count()) {
            throw new IllegalStateException("The stream holds " + written + " rows instead of " + count());
        }
        rest.delete(table);
        return rate;
    }

    private void append(StreamWriter writer) throws Exception {
        ArrayDeque<ApiFuture<AppendRowsResponse>> inFlight = new ArrayDeque<>();
        long offset = 0;
        for (int i = 0; i < repeat; i++) {
            for (ProtoRows request : requests) {
                inFlight.add(writer.append(request, offset));
                offset += REQUEST_ROWS;
                if (inFlight.size() > REQUESTS_IN_FLIGHT) {
                    inFlight.remove().get();
                }
            }
        }
        while (!inFlight.isEmpty()) {
            inFlight.remove().get();
        }
    }

    private double appender() throws SQLException, IOException {
        Path file = folder.resolve("appended.duckdb");
        double rate;
        try (DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t(brand VARCHAR, category_id BIGINT, comment VARCHAR, currency VARCHAR,"
                        + " description VARCHAR, image VARCHAR, year_release BIGINT, catalog_date DATE)");
            }
            long begin = System.nanoTime();
            try (DuckDBAppender appender = connection.createAppender("main", "t")) {
                for (int i = 0; i < repeat; i++) {
                    for (RowFile.Row row : rows) {
                        ProductRows.append(appender, row.cells());
                    }
                }
            }
            rate = count() * 1e9 / (System.nanoTime() - begin);
        }
        Files.delete(file);
        return rate;
    }

    private static BigQuery rest(String endpoint) {
        return BigQueryOptions.newBuilder()
                .setProjectId(PROJECT)
                .setHost(endpoint)
                .setCredentials(NoCredentials.getInstance())
                .setLocation("US")
                .build()
                .getService();
    }

    private static BigQueryWriteClient client(String endpoint) throws IOException {
        return BigQueryWriteClient.create(BigQueryWriteSettings.newBuilder()
                .setTransportChannelProvider(BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint(endpoint)
                        .setChannelConfigurator(builder -> builder.usePlaintext())
                        .build())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setEndpoint(endpoint)
                .build());
    }
}
