package io.catalogconnect.bigquery.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.Registration;
import io.catalogconnect.bigquery.commit.RegistryStatements.Change;
import io.catalogconnect.localbigquery.LocalBigQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of the registry for several lanes, on a server with BigQuery's limits and overlapping statements. */
final class BigQueryStreamRegistryIT {

    private static final int LANES = 40;

    @TempDir
    private Path folder;

    private final List<GoogleClients> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private LocalBigQuery server;

    @SuppressWarnings("NullAway.Init")
    private BigQuery rest;

    @BeforeEach
    void start() throws Exception {
        server = LocalBigQuery.builder()
                .databaseFile(folder.resolve("bigquery.duckdb"))
                .statementLatency(Duration.ofMillis(10))
                .start();
        rest = BigQueryOptions.newBuilder()
                .setProjectId("p")
                .setHost(server.restEndpoint())
                .setCredentials(NoCredentials.getInstance())
                .setLocation("US")
                .build()
                .getService();
        rest.create(DatasetInfo.newBuilder("d").setLocation("US").build());
    }

    @AfterEach
    void stop() {
        clients.forEach(GoogleClients::close);
        server.close();
    }

    @Test
    void eachStatementIsForAllLanesAndDecidesAboutEachLane() {
        BigQueryStreamRegistry registry = registry();
        List<LaneKey> lanes = lanes("blue");

        assertThat(registry.read(lanes).join())
                .hasSize(LANES)
                .allSatisfy((lane, registration) ->
                        assertThat(registration).isEqualTo(new Registration(0, "blue", "", -1, Set.of())));
        assertThat(registry.replace(changes(lanes, Registration.NONE, "first")).join())
                .hasSize(LANES)
                .doesNotContainValue(false);
        // Another task takes half of the lanes over, and then a statement that expects the first epoch changes the
        // others.
        Registration first = new Registration(1, "blue", "first", 7, Set.of());
        List<LaneKey> half = lanes.subList(0, LANES / 2);
        assertThat(registry.replace(changes(half, first, "second")).join()).doesNotContainValue(false);
        Map<LaneKey, Boolean> replaced =
                registry.replace(changes(lanes, first, "third")).join();

        Map<LaneKey, Registration> now = registry.read(lanes).join();
        for (LaneKey lane : lanes) {
            boolean wasTaken = half.contains(lane);
            assertThat(replaced.get(lane)).isEqualTo(!wasTaken);
            assertThat(now.get(lane))
                    .isEqualTo(new Registration(
                            2, "blue", stream(lane, wasTaken ? "second" : "third"), 7, Set.of("green", "old")));
        }
        assertThat(registry.replace(changes(lanes, first, "fourth")).join()).doesNotContainValue(true);
        assertThat(statements("INSERT")).isEqualTo(1);
        assertThat(statements("UPDATE")).isEqualTo(4);
        assertThat(statements("SELECT"))
                .as("2 for new lanes, 2 after partial changes, 1 read")
                .isLessThanOrEqualTo(6);
    }

    @Test
    void oneOfManyConcurrentStatementsChangesEachLane() {
        List<LaneKey> lanes = lanes("blue");
        List<BigQueryStreamRegistry> tasks =
                IntStream.range(0, 6).mapToObj(i -> registry()).toList();
        tasks.get(0).read(lanes).join();
        List<CompletableFuture<Map<LaneKey, Boolean>>> attempts = new ArrayList<>();
        for (BigQueryStreamRegistry task : tasks) {
            for (int i = 0; i < 4; i++) { // more than BigQuery accepts, if all are outstanding
                attempts.add(task.replace(changes(lanes, Registration.NONE, "attempt-" + attempts.size())));
            }
        }
        List<Map<LaneKey, Boolean>> outcomes =
                attempts.stream().map(CompletableFuture::join).toList();

        Map<LaneKey, Registration> now = tasks.get(0).read(lanes).join();
        for (LaneKey lane : lanes) {
            List<Integer> winners = IntStream.range(0, outcomes.size())
                    .filter(i -> Boolean.TRUE.equals(outcomes.get(i).get(lane)))
                    .boxed()
                    .toList();
            assertThat(winners).hasSize(1);
            assertThat(now.get(lane))
                    .isNotNull()
                    .extracting(Registration::stream)
                    .isEqualTo(stream(lane, "attempt-" + winners.get(0)));
        }
    }

    private BigQueryStreamRegistry registry() {
        GoogleClients opened = new GoogleClients(
                new Service(
                        "p",
                        "d",
                        "US",
                        Optional.of(server.restEndpoint()),
                        Optional.of(server.storageEndpoint()),
                        true,
                        new ServiceCredentials.None(),
                        Set.of(),
                        Duration.ofSeconds(30)),
                "test");
        clients.add(opened);
        return opened.registry("_catalog_connect_streams");
    }

    private static List<LaneKey> lanes(String connector) {
        return IntStream.range(0, LANES)
                .mapToObj(i -> new LaneKey(connector, "topic " + i % 3 + " 'quoted'", i, "table_" + i % 2))
                .toList();
    }

    private static Map<LaneKey, Change> changes(Collection<LaneKey> lanes, Registration expected, String name) {
        Map<LaneKey, Change> changes = new LinkedHashMap<>();
        lanes.forEach(lane -> changes.put(
                lane,
                new Change(
                        expected,
                        new Registration(
                                expected.epoch() + 1,
                                "blue",
                                stream(lane, name),
                                7,
                                expected.epoch() == 0 ? Set.of() : Set.of("green", "old")))));
        return changes;
    }

    private static String stream(LaneKey lane, String name) {
        return lane.table() + "/" + lane.partition() + "/" + name;
    }

    private long statements(String type) {
        long count = 0;
        for (Job job : rest.listJobs().iterateAll()) {
            JobStatistics statistics = job.getStatistics();
            count += job.getConfiguration() instanceof QueryJobConfiguration
                            && statistics instanceof JobStatistics.QueryStatistics query
                            && type.equals(String.valueOf(query.getStatementType()))
                    ? 1
                    : 0;
        }
        return count;
    }
}
