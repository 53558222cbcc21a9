package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.StandardTableDefinition;
import io.catalogconnect.bigquery.ObjectLog.Version;
import io.catalogconnect.bigquery.client.ConnectorTables;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sink with the permissions of docs/permissions.md, which local-bigquery enforces, and without each of them. */
final class SinkPermissionsIT {

    private static final TopicPartition RAW = new TopicPartition("products.raw", 0);
    private static final Path PAGE = Path.of("..", "docs", "permissions.md");
    private static final Pattern STATEMENT = Pattern.compile("CREATE TABLE IF NOT EXISTS DATASET\\.[^;]+");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-02T12:00:00Z"));
    private final LocalSink sink;
    private final LocalDataset dataset;
    private final ObjectLog log = new ObjectLog(RAW);

    SinkPermissionsIT(@TempDir Path folder) {
        sink = new LocalSink(folder, clock);
        dataset = sink.dataset;
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    /** Replacing tables needs what replacing partitions needs: its modes are in the long form, except one. */
    @ParameterizedTest
    @MethodSource("differentModes")
    void modeNeedsNoPermissionBesidesItsOwn(SinkMode mode) throws IOException {
        assertThatTheTaskWrites(mode);
    }

    @Tag("soak")
    @ParameterizedTest
    @MethodSource("modes")
    void eachModeNeedsNoPermissionBesidesItsOwn(SinkMode mode) throws IOException {
        assertThatTheTaskWrites(mode);
    }

    private void assertThatTheTaskWrites(SinkMode mode) throws IOException {
        prepare(mode);
        permit(mode.permissions());
        int first = log.next();
        deliver("new", 3);
        write(first);

        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw WHERE brand = 'new'"))
                .isEqualTo(3);
    }

    static List<SinkMode> modes() {
        return SinkMode.all();
    }

    static Stream<SinkMode> differentModes() {
        return modes().stream()
                .filter(mode -> !mode.name().startsWith("replace tables")
                        || mode.name().equals("replace tables, creating tables"));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("eachPermissionOnce")
    void missingPermissionStopsTheTaskWithAMessageThatNamesIt(SinkMode mode, String missing) throws IOException {
        assertThatTheTaskFails(mode, missing);
    }

    @Tag("soak")
    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("modesWithoutOnePermission")
    void missingPermissionStopsTheTaskInEachMode(SinkMode mode, String missing) throws IOException {
        assertThatTheTaskFails(mode, missing);
    }

    private void assertThatTheTaskFails(SinkMode mode, String missing) throws IOException {
        prepare(mode);
        List<String> others = new ArrayList<>(mode.permissions());
        others.remove(missing);
        permit(others);
        int first = log.next();
        deliver("new", 3);

        assertThatThrownBy(() -> write(first))
                .isInstanceOf(ConnectException.class)
                .hasMessageMatching("(?s).*[Gg]rant the connector's account " + Pattern.quote(missing)
                        + " on the (dataset|project), for example with roles/bigquery\\..*");
    }

    /** Each permission in the last mode that needs it. */
    static Stream<Arguments> eachPermissionOnce() {
        Map<String, SinkMode> modeOf = new HashMap<>();
        modes().forEach(mode -> mode.permissions().forEach(permission -> modeOf.put(permission, mode)));
        return modeOf.entrySet().stream().map(entry -> Arguments.of(entry.getValue(), entry.getKey()));
    }

    static Stream<Arguments> modesWithoutOnePermission() {
        return modes().stream()
                .flatMap(mode -> mode.permissions().stream().map(missing -> Arguments.of(mode, missing)));
    }

    @Test
    void accountOfOneTeamCannotWriteToTheDatasetOfAnother() {
        dataset.change("CREATE SCHEMA team_b");
        List<String> permissions = modes().stream()
                .filter(mode -> mode.name().equals("append exactly once, creating tables"))
                .findFirst()
                .orElseThrow()
                .permissions();
        permitOn("team_b", permissions);
        deliver("new", 3);

        sink.properties.put("bigquery.dataset", "team_b");
        putUntilSettled(sink.start(RAW), log.from(0));
        permitAll();
        assertThat(dataset.number("SELECT COUNT(*) FROM team_b.products_raw")).isEqualTo(3);

        permitOn("team_b", permissions);
        sink.properties.put("bigquery.dataset", LocalDataset.NAME);
        assertThatThrownBy(() -> putUntilSettled(sink.start(RAW), log.from(0)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(
                        "Access Denied: Table p:catalog.products_raw: Permission bigquery.tables.get denied on"
                                + " table p:catalog.products_raw (or it may not exist). Grant the connector's account bigquery.tables.get");
    }

    /** An administrator's tables are those that the sink would create. */
    @Test
    void statementsOfThePageCreateTheTablesThatTheSinkCreates() throws IOException {
        SinkMode replace =
                modes().stream().filter(SinkMode::replaces).findFirst().orElseThrow();
        sink.properties.putAll(replace.properties());
        sink.properties.remove("table.create");
        deliver("new", 3);
        putUntilSettled(sink.start(RAW), log.from(0));
        Map<String, StandardTableDefinition> created = new HashMap<>();
        for (String table : ConnectorTables.statements("").keySet()) {
            created.put(table, dataset.table(table));
            dataset.change("DROP TABLE catalog." + table);
        }
        createConnectorTables();

        assertThat(created).hasSize(4);
        created.forEach((table, definition) -> {
            StandardTableDefinition administrators = dataset.table(table);
            assertThat(administrators.getSchema()).as(table).isEqualTo(definition.getSchema());
            assertThat(administrators.getClustering()).as(table).isEqualTo(definition.getClustering());
            assertThat(administrators.getTimePartitioning())
                    .as(table)
                    .usingRecursiveComparison()
                    .ignoringFields("requirePartitionFilter") // absent means false
                    .isEqualTo(definition.getTimePartitioning());
        });
    }

    private void prepare(SinkMode mode) throws IOException {
        sink.properties.putAll(mode.properties());
        if (mode.preparation() == SinkMode.Preparation.NOTHING) {
            return;
        }
        // The tables of records, as the sink creates them.
        Map<String, String> configured = Map.copyOf(sink.properties);
        sink.properties.put("table.create", "true");
        sink.properties.remove("column.policy.tags");
        deliver("old", 2);
        BigQueryPartitionSinkTask task = sink.start(RAW);
        putUntilSettled(task, log.from(0));
        task.stop();
        sink.properties.clear();
        sink.properties.putAll(configured);
        List<String> tables =
                mode.replaces() ? List.of("products_raw", "products_raw_history") : List.of("products_raw");
        if (mode.preparation() == SinkMode.Preparation.TABLES_WITHOUT_A_COLUMN) {
            tables.forEach(table -> dataset.change("ALTER TABLE catalog." + table + " DROP COLUMN comment"));
        }
        if (!mode.upserts()) {
            tables.forEach(table -> dataset.change("DELETE FROM catalog." + table + " WHERE TRUE"));
        }
        ConnectorTables.statements("")
                .keySet()
                .forEach(table -> dataset.change("DROP TABLE IF EXISTS catalog." + table));
        createConnectorTables();
    }

    private void createConnectorTables() throws IOException {
        List<String> statements = STATEMENT
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group().replace("DATASET.", "catalog."))
                .toList();
        assertThat(statements).hasSize(4);
        statements.forEach(dataset::change);
    }

    private void permit(List<String> permissions) {
        permitOn(LocalDataset.NAME, permissions);
    }

    private void permitOn(String dataset, List<String> permissions) {
        this.dataset
                .server()
                .permissions()
                .permitOnly(permissions.stream()
                        .map(permission -> permission
                                + (permission.equals(SinkMode.CREATE_JOBS)
                                        ? " projects/p"
                                        : " projects/p/datasets/" + dataset))
                        .toList());
    }

    private void permitAll() {
        dataset.server().permissions().permitAll();
    }

    private void deliver(String brand, int rows) {
        Version version =
                ObjectLog.version("dt=2026-11-02/a.csv", brand, clock.instant().toString(), "2026-11-02");
        log.deliver(version, rows);
        clock.advance(Duration.ofHours(1));
    }

    private void write(int from) {
        putUntilSettled(sink.start(RAW), log.from(from));
        permitAll();
    }

    /** Adds records and advances the clock until the task has no unfinished work. */
    private void putUntilSettled(BigQueryPartitionSinkTask task, List<SinkRecord> records) {
        task.put(records);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(LocalSink.PATIENCE)
                .until(() -> {
                    clock.advance(Duration.ofMillis(500));
                    sink.context.timeouts.clear();
                    task.put(List.of());
                    return sink.context.timeouts.isEmpty();
                });
    }
}
