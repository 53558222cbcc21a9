package io.catalogconnect.catalogctl.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.live.TableSize;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.testkit.MovableClock;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.rest.ConnectorStatus.State;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product catalogue, applied, with one file that is shown; each test changes one thing. */
final class StatusReaderTest {
    private static final String FILE = "s3://catalog/catalog/dt=2026-11-01/products.csv";
    private static final String OTHER = "s3://catalog/catalog/dt=2026-11-02/products.csv";
    private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LANE = 5;

    private final FakeServices services = new FakeServices();
    private final MovableClock clock = new MovableClock(START);
    private final List<DeliveredObject> bucket = new ArrayList<>();
    private final Desired desired;

    StatusReaderTest() throws IOException {
        desired = Contracts.catalog();
    }

    @BeforeEach
    void applyAndDeliver() throws Exception {
        new ContractApply(services.services(), clock, "ada", step -> {})
                .apply(desired, ContractApply.Options.plain(PlanJson::of));
        services.plugins.put("io.catalogconnect.s3csv.S3CsvSourceConnector", "0.1.0");
        services.plugins.put("io.catalogconnect.bigquery.BigQueryPartitionSinkConnector", "0.1.0");
        bucket.add(delivered(FILE, "a"));
        offsets(read(FILE, "a", 200, 0));
        table("products_raw", 200);
        table("products_team_a", 150);
        table("products_team_b", 5);
        clock.advance(Duration.ofSeconds(72));
    }

    @Test
    void shownFileIsHealthy() throws Exception {
        assertThat(text(read()))
                .isEqualTo(lines(
                        "product-catalog 1.2.0 on local (applied 2026-11-02 09:00 by ada, apply 1)  healthy",
                        "",
                        "connector       state    tasks  plugin",
                        "catalog-source  RUNNING  1/1    0.1.0",
                        "catalog-sink    RUNNING  1/1    0.1.0",
                        "",
                        "table            rows  partitions  newest      newest row                    lag",
                        "products_raw     200   1           2026-11-01  1 min 12 s ago (SLA 1 d 1 h)  0",
                        "products_team_a  150   1           2026-11-01  1 min 12 s ago (SLA 1 d 1 h)  0",
                        "products_team_b  5     1           2026-11-01  1 min 12 s ago (SLA 1 d 1 h)  0",
                        "",
                        "files: 1 read, 0 open, 0 waiting; 0 of 200 rows malformed (SLA 1 %)"));
        assertThat(read().isShown()).isTrue();
        assertThat(StatusText.progress(read())).isEqualTo("1 of 1 files read, 200 rows; lag 0");
    }

    @Test
    void objectThatIsNotReadIsWaitingUntilItsRowsAreShown() throws Exception {
        bucket.add(delivered(OTHER, "b"));
        assertThat(read().isShown()).isFalse();
        assertThat(text(read())).contains("files: 1 read, 0 open, 1 waiting;").contains("  " + OTHER + "  waiting");

        offsets(read(FILE, "a", 200, 0), new ObjectProgress(OTHER, "b", 300, 1000, START, 90, 0, false));
        assertThat(read().isShown()).isFalse();
        assertThat(StatusText.progress(read())).isEqualTo("1 of 2 files read, products.csv 30 %, 290 rows; lag 0");
        assertThat(text(read())).contains("  " + OTHER + "  30 %, 90 rows");

        offsets(read(FILE, "a", 200, 0), read(OTHER, "b", 300, 0));
        services.lag.put("products.team-b", 7L);
        assertThat(read().isShown()).isFalse();
        services.lag.clear();
        assertThat(read().isShown()).isTrue();
    }

    @Test
    void newVersionOfAnObjectIsWaiting() throws Exception {
        bucket.set(0, delivered(FILE, "corrected"));
        assertThat(read().files().all())
                .containsExactly(new FileState(FILE, "2026-11-01", FileState.Phase.WAITING, START, 1000, 0, 0, 0));
    }

    /** The source never reads it, so a wait for it would not end. */
    @Test
    void newVersionThatTheSourceIgnoresIsNotWaitedFor() throws Exception {
        Desired ignoring = Contracts.catalog(
                "      topics: {", "      settings: {source: {object.changed: ignore}}\n      topics: {");
        bucket.set(0, delivered(FILE, "corrected"));
        assertThat(read(ignoring).isShown()).isTrue();
        bucket.add(delivered(OTHER, "b"));
        assertThat(read(ignoring).isShown()).isFalse();
    }

    /** With offsets.late.window.ms, objects have no offsets of their own after a while. */
    @Test
    void objectThatAWatermarkCoversIsRead() throws Exception {
        services.progress = new SourceProgress(List.of(), Map.of(LANE, START));
        assertThat(read().isShown()).isTrue();
        services.progress = new SourceProgress(List.of(), Map.of(LANE, START.minusMillis(1), LANE + 1, START));
        assertThat(read().isShown()).isFalse();
    }

    @Test
    void deletedObjectIsReadOrForgotten() throws Exception {
        bucket.clear();
        offsets(read(FILE, "a", 200, 0), new ObjectProgress(OTHER, "b", 300, 1000, START, 90, 0, false));
        assertThat(read().files().all()).extracting(FileState::uri).containsExactly(FILE);
    }

    @Test
    void withoutAccessToTheBucketOnlyStartedFilesAreKnown() throws Exception {
        offsets(read(FILE, "a", 200, 0), new ObjectProgress(OTHER, "b", 300, 1000, START, 90, 0, false));
        Status status = new StatusReader(
                        desired,
                        "c.yaml --env local",
                        levels(),
                        services.services(),
                        () -> {
                            throw new LiveException("No credentials.", null);
                        },
                        clock)
                .read();
        assertThat(text(status))
                .contains("files: 1 read, 1 open, waiting ones are not known;")
                .contains("  The bucket was not listed: No credentials.");
        assertThat(status.isShown()).isFalse();
        assertThat(status.isHealthy()).isTrue();
    }

    @Test
    void failedTaskIsAProblemWithItsInnermostCause() throws Exception {
        String trace = "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded\n\tat a.B.c(B.java:1)\n"
                + "Caused by: io.catalogconnect.s3csv.read.MalformedRowException: " + FILE
                + " row 7, column year_release: not an int64\n\tat a.B.d(B.java:2)\n\t... 5 more\n";
        deploy("catalog-source", new State("RUNNING", ""), new State("FAILED", trace));
        assertThat(read().problems())
                .containsExactly(new Problem(
                        "catalog-source has failed: " + FILE + " row 7, column year_release: not an int64",
                        Optional.empty(),
                        "Look the message up in docs/troubleshooting.md and correct the cause. For a malformed file,"
                                + " deliver a corrected one. Then restart: POST /connectors/catalog-source"
                                + "/restart?includeTasks=true&onlyFailed=true",
                        true));
        assertThat(read().isShown()).isFalse();
    }

    @Test
    void connectorThatDoesNotRunIsAProblem() throws Exception {
        deploy("catalog-sink", new State("STOPPED", ""));
        assertThat(problems())
                .containsExactly("the connector catalog-sink is STOPPED: Run catalogctl apply"
                        + " c.yaml --env local, which starts it.");
        deploy("catalog-sink", new State("RUNNING", ""), new State("UNASSIGNED", ""));
        assertThat(problems())
                .containsExactly("catalog-sink runs 0 of 1 task: Wait until the workers have assigned the tasks. If it"
                        + " stays so, read the logs of the workers.");
        services.connectors.remove("catalog-sink");
        assertThat(problems())
                .containsExactly("the connector catalog-sink does not exist: Run catalogctl apply c.yaml --env local.");
        services.plugins.remove("io.catalogconnect.bigquery.BigQueryPartitionSinkConnector");
        assertThat(problems())
                .containsExactly("the worker has no plugin io.catalogconnect.bigquery.BigQueryPartitionSinkConnector:"
                        + " Install the plugin on all workers.");
    }

    @Test
    void replayThatHasNotEndedIsAProblem() throws Exception {
        services.services()
                .facts()
                .append(new LogEntry(
                        desired.contractId(),
                        "local",
                        1,
                        "replay begun",
                        START,
                        "ada",
                        "1.2.0",
                        "1.2.0",
                        "1 file of 2026-11-01",
                        "{}",
                        ""));
        deploy("catalog-source", new State("STOPPED", ""));
        assertThat(read().problems())
                .containsExactly(
                        new Problem(
                                "replay 1 (1 file of 2026-11-01; begun by ada at 2026-11-02T09:00:00Z) has not ended",
                                Optional.of(START),
                                "End it: catalogctl replay c.yaml --env local --resume",
                                false),
                        new Problem(
                                "the connector catalog-source is STOPPED",
                                Optional.empty(),
                                "End the replay, which starts it: catalogctl replay c.yaml --env local --resume",
                                true));
        assertThat(schemaErrors(read())).isEmpty();
    }

    @Test
    void absentTableIsAProblem() throws Exception {
        services.tables.remove("products_team_a");
        assertThat(problems())
                .containsExactly("the table products_team_a does not exist: Run catalogctl apply c.yaml --env local.");
        assertThat(text(read())).contains("products_team_a (absent)  0 ");
        assertThat(read().isShown()).isFalse();
    }

    @Test
    void fileThatIsNotReadInTimeIsAProblem() throws Exception {
        bucket.add(delivered(OTHER, "b"));
        clock.advance(HOUR.minusSeconds(72));
        assertThat(problems()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(read().problems())
                .containsExactly(new Problem(
                        OTHER + " is not read, delivered 1 h ago (SLA latency 1 h)",
                        Optional.of(START.plus(HOUR)),
                        "If the source has failed, see its problem. If it runs, more tasks of the source read more"
                                + " files at the same time.",
                        false));
    }

    @Test
    void fileWhoseRowsAreNotShownInTimeIsAProblem() throws Exception {
        services.lag.put("products.team-b", 7L);
        assertThat(problems()).isEmpty();
        clock.advance(HOUR);
        assertThat(problems())
                .containsExactly("products.team-b has a lag of 7 offsets, and its files are late (SLA latency 1 h): If"
                        + " the sink has failed, see its problem. Otherwise run catalogctl doctor c.yaml --env local,"
                        + " or give the sink more tasks.");
    }

    @Test
    void tableWithoutNewRowsIsAProblem() throws Exception {
        clock.advance(Duration.ofHours(25).minusSeconds(72));
        assertThat(problems()).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(read().problems())
                .containsExactly(new Problem(
                        "products_raw is late: no row has come for 1 d 1 h (SLA 1 d 1 h)",
                        Optional.of(START.plus(Duration.ofHours(25))),
                        "No file waits. Ask the producer of the files.",
                        false));
    }

    @Test
    void tableWithoutRowsInTheDayBeforeItsTimeIsAProblem() throws Exception {
        Levels due = new Levels(Optional.empty(), Optional.empty(), levels().due(), Optional.empty());
        clock.advance(Duration.ofHours(45)); // 2026-11-04 06:01:12
        assertThat(read(due).problems()).isEmpty();
        clock.advance(Duration.ofMinutes(30));
        assertThat(read(due).problems())
                .extracting(Problem::what)
                .containsExactly("products_raw is late: no row has come in the day before 06:30 UTC (SLA"
                        + " timeOfAvailability)");
    }

    @Test
    void fileWithTooManyMalformedRowsIsAProblemForAWeek() throws Exception {
        offsets(read(FILE, "a", 200, 2));
        assertThat(problems()).isEmpty();
        offsets(read(FILE, "a", 200, 3));
        assertThat(problems())
                .containsExactly("3 of 200 rows of " + FILE + " are malformed (SLA errorRate 0.01): Deliver a corrected"
                        + " file, which is read from its first row.");
        clock.advance(Duration.ofDays(8));
        assertThat(problems()).noneMatch(problem -> problem.contains("malformed"));
    }

    @Test
    void problemsAreAllThatIsPrintedOnRequest() throws Exception {
        deploy("catalog-sink", new State("PAUSED", ""));
        StringWriter out = new StringWriter();
        StatusText.printProblems(read(), new PrintWriter(out));
        assertThat(out.toString())
                .isEqualTo(lines(
                        "product-catalog 1.2.0 on local (applied 2026-11-02 09:00 by ada, apply 1)  1 problem",
                        "",
                        "! the connector catalog-sink is PAUSED",
                        "  Run catalogctl apply c.yaml --env local, which starts it."));
    }

    @Test
    void applyThatHasNotEndedIsAProblem() throws Exception {
        log("begun", 2);
        assertThat(read().problems())
                .containsExactly(new Problem(
                        "apply 2 of version 1.2.0 (by bob) has not ended",
                        Optional.of(clock.instant()),
                        "Run catalogctl apply c.yaml --env local, which makes the changes that are left.",
                        false));
        assertThat(text(read()))
                .startsWith("product-catalog 1.2.0 on local (applied 2026-11-02 09:00 by ada, apply 1)");
        assertThat(schemaErrors(read())).isEmpty();
        log("failed", 2);
        assertThat(problems())
                .containsExactly("apply 2 of version 1.2.0 (by bob) has failed in part: Run"
                        + " catalogctl apply c.yaml --env local, which makes the changes that are left.");
        log("applied", 3);
        assertThat(problems()).isEmpty();
        services.log.clear();
        log("begun", 1);
        assertThat(text(read())).startsWith("product-catalog 1.2.0 on local (applied in part)  1 problem");
    }

    /** Another process may be solving the problem. */
    @Test
    void problemOfAContractInUseDoesNotEndAWait() throws Exception {
        log("begun", 2);
        deploy("catalog-source", new State("STOPPED", ""));
        assertThat(read().blockade()).isPresent();
        hold("catalogctl apply by bob@elsewhere process 7 started 5");
        assertThat(read().blockade()).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "apply 2 of version 1.2.0 (by bob) has not ended: catalogctl apply by bob on elsewhere, process"
                                + " 7, has the contract in use. Wait until it has ended.",
                        "the connector catalog-source is STOPPED: catalogctl apply by bob on elsewhere, process 7, has"
                                + " the contract in use. Wait until it has ended.");
        assertThat(schemaErrors(read())).isEmpty();
        clock.advance(Duration.ofMinutes(10));
        assertThat(read().blockade()).isPresent();
    }

    @Test
    void contractThatWasNotAppliedHasOneProblem() throws Exception {
        services.log.clear();
        services.states.clear();
        services.tables.clear();
        services.topics.clear();
        services.connectors.clear();
        offsets();
        assertThat(problems())
                .containsExactly("the contract was not applied here: Run catalogctl apply c.yaml --env local.");
        assertThat(read().blockade()).isPresent();
        assertThat(text(read())).startsWith("product-catalog 1.2.0 on local (not applied here)  1 problem");
        services.hasDataset = false;
        assertThat(problems())
                .containsExactly("the dataset of the contract does not exist: Run catalogctl apply c.yaml --env local,"
                        + " which creates it. If the contract was applied before, check project and dataset of the"
                        + " bigquery server, and the variables of the context.");
    }

    /** An apply creates nothing for it, so that it must not be advised. */
    @Test
    void retiredProductWithoutResourcesHasNoProblem() throws Exception {
        Desired retired = Contracts.catalog("version: 1.2.0", "version: 2.0.0", "status: active", "status: retired");
        services.tables.clear();
        services.topics.clear();
        services.connectors.clear();
        log("failed", 2);
        assertThat(problems()).isNotEmpty();
        assertThat(read(retired).problems()).isEmpty();
    }

    @Test
    void replayOfARetiredProductIsGivenUp() throws Exception {
        Desired retired = Contracts.catalog("version: 1.2.0", "version: 2.0.0", "status: active", "status: retired");
        log("replay begun", 1);
        assertThat(read(retired).problems())
                .extracting(Problem::advice)
                .containsExactly("Give it up: catalogctl replay c.yaml --env local --abandon");
    }

    /** An apply refuses a draft. */
    @Test
    void draftIsSetToActiveBeforeItIsApplied() throws Exception {
        deploy("catalog-source", new State("STOPPED", ""));
        assertThat(read(Contracts.catalog("status: active", "status: draft")).problems())
                .extracting(Problem::advice)
                .containsExactly(
                        "Set status: active in the contract, and run catalogctl apply c.yaml --env local, which"
                                + " starts it.");
    }

    @Test
    void absentTopicIsAProblem() throws Exception {
        services.topics.remove("products.events");
        services.topics.remove("products.team-a");
        assertThat(problems())
                .containsExactly(
                        "the topic products.team-a does not exist: Run catalogctl apply c.yaml --env local.",
                        "the topic products.events does not exist: Run catalogctl apply c.yaml --env local.");
        assertThat(read().isShown()).isFalse();
    }

    /** Each service: its problem is the only one, and the rest of the state is read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connect  | Kafka Connect | Connectors, tasks and files are not known. | UNKNOWN 0/0 | 200 | 0 | files: not known",
                "Kafka    | Kafka         | Topics and lag are not known.              | RUNNING 1/1 | 200 | ? | files: 1 read",
                "BigQuery | BigQuery      | Tables, and what was applied, are not known. | RUNNING 1/1 | ? | 0 | files: 1 read"
            })
    void serviceThatDoesNotAnswerIsAProblem(
            String service, String title, String unknown, String connector, String rows, String lag, String files)
            throws Exception {
        services.down.add(service);
        Status status = read();
        assertThat(status.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo(service + " at x:1 does not answer");
            assertThat(problem.advice()).startsWith("Check ").endsWith(unknown);
            assertThat(problem.isBlocking()).isTrue();
        });
        assertThat(text(status).replaceAll(" +", " "))
                .contains("catalog-source " + connector, "products_raw " + rows + " ")
                .containsPattern("products_raw .* \\Q" + lag + "\\E\\R")
                .contains(files);
        assertThat(status.isShown()).isFalse();
        assertThat(StatusJson.of(status)).contains("\"service\": \"" + title + "\"");
        assertThat(schemaErrors(status)).isEmpty();
    }

    @Test
    void deadLettersAreAProblem() throws Exception {
        String queue = "products.dead-letters";
        Desired withQueue = Contracts.catalog(
                "settings: {replace.min.interval.ms: 1000,",
                "settings: {errors.deadletterqueue.topic.name: " + queue + ", replace.min.interval.ms: 1000,");
        assertThat(read(withQueue).problems()).isEmpty();
        services.topics.put(queue, new TopicSpec(queue, 1, 1, Map.of()));
        assertThat(read(withQueue).problems()).isEmpty();
        services.records.put(queue, 7);
        assertThat(read(withQueue).problems())
                .containsExactly(new Problem(
                        "the dead letter queue products.dead-letters has 7 records, which are in no table",
                        Optional.empty(),
                        "Read them: with errors.deadletterqueue.context.headers.enable=true, their headers have the"
                                + " error. Correct the cause, read their files again with catalogctl replay c.yaml"
                                + " --env local --file KEY, and delete the records from the topic.",
                        false));
        services.records.put(queue, 5000);
        assertThat(text(read(withQueue))).contains("dead letters: 1000 or more records in products.dead-letters");
        services.down.add("records");
        assertThat(text(read(withQueue)))
                .contains("healthy", "dead letters: an unknown number of records in products.dead-letters");
        assertThat(schemaErrors(read(withQueue))).isEmpty();
    }

    @Test
    void malformedRowsNameTheirTopic() throws Exception {
        Desired withTopic = Contracts.catalog(
                "rejects: fail ",
                "rejects: topic ",
                "events: products.events}",
                "events: products.events, rejects: products.rejects}");
        services.topics.put("products.rejects", new TopicSpec("products.rejects", 1, 1, Map.of()));
        services.records.put("products.rejects", 3);
        offsets(read(FILE, "a", 200, 3));
        assertThat(read(withTopic).problems())
                .extracting(Problem::advice)
                .containsExactly("The rows are in the topic products.rejects. Deliver a corrected file, which is read"
                        + " from its first row.");
        assertThat(text(read(withTopic))).contains("malformed rows: 3 records in products.rejects");
    }

    @Test
    void severalStatesArePrintedInALineEach() throws Exception {
        Status healthy = read();
        deploy("catalog-sink", new State("PAUSED", ""));
        bucket.add(delivered(OTHER, "b"));
        services.down.add("Kafka");
        StringWriter out = new StringWriter();
        StatusOverview.print(List.of(healthy, read()), new PrintWriter(out));
        assertThat(out.toString())
                .isEqualTo(lines(
                        "product          version  health      connectors   files               newest row      lag",
                        "product-catalog  1.2.0    healthy     2/2 running  1 read              1 min 12 s ago  0",
                        "product-catalog  1.2.0    2 problems  1/2 running  1 read, 1 not read  1 min 12 s ago  ?"));
        assertThat(new ObjectMapper().readTree(StatusJson.of(List.of(healthy, read()))))
                .hasSize(2);
    }

    @Test
    void controlCharactersOfServicesAreNotPrinted() throws Exception {
        deploy("catalog-sink", new State("FAILED", "a.B: \u001b[31mred"));
        assertThat(text(read())).contains("catalog-sink has failed: ?[31mred").doesNotContain("\u001b");
    }

    @Test
    void jsonFollowsTheSchema() throws Exception {
        assertThat(schemaErrors(read())).isEmpty();
        bucket.add(delivered(OTHER, "b"));
        deploy("catalog-sink", new State("RUNNING", ""), new State("FAILED", "a.B: first\nsecond"));
        services.tables.remove("products_raw");
        services.log.clear();
        clock.advance(Duration.ofDays(2));
        assertThat(read().problems()).hasSize(3);
        assertThat(schemaErrors(read())).isEmpty();
        services.down.addAll(Set.of("Connect", "Kafka", "BigQuery"));
        assertThat(read().problems()).hasSize(3);
        assertThat(schemaErrors(read())).isEmpty();
        assertThat(schema().validate("{\"contract\": \"\"}", InputFormat.JSON)).isNotEmpty();
    }

    private static List<String> schemaErrors(Status status) throws IOException {
        return schema().validate(StatusJson.of(status), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("..", "docs", "status.schema.json")), InputFormat.JSON);
    }

    private List<String> problems() throws Exception {
        return read().problems().stream()
                .map(problem -> problem.what() + ": " + problem.advice())
                .toList();
    }

    private Status read() throws Exception {
        return read(levels());
    }

    private Status read(Desired other) throws Exception {
        return new StatusReader(
                        other, "c.yaml --env local", levels(), services.services(), () -> List.copyOf(bucket), clock)
                .read();
    }

    private Status read(Levels levels) throws InterruptedException {
        return new StatusReader(
                        desired, "c.yaml --env local", levels, services.services(), () -> List.copyOf(bucket), clock)
                .read();
    }

    private static Levels levels() throws IOException {
        byte[] text = Contracts.text("product-catalog").getBytes(StandardCharsets.UTF_8);
        return Levels.of(Objects.requireNonNull(ContractFile.check("c", text).contract()));
    }

    private static String text(Status status) {
        StringWriter out = new StringWriter();
        StatusText.print(status, new PrintWriter(out));
        return out.toString();
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private void log(String event, long apply) {
        services.log.add(new LogEntry(
                desired.contractId(), "local", apply, event, clock.instant(), "bob", "1.2.0", "1.2.0", "", "", ""));
    }

    private void hold(String holder) {
        services.states.replaceAll((key, state) -> state.heldBy(holder, clock.instant()));
    }

    private void deploy(String name, State connector, State... tasks) {
        services.connectors.put(
                name, new DeployedConnector(name, Map.of(), new ConnectorStatus(name, connector, List.of(tasks))));
    }

    private void offsets(ObjectProgress... objects) {
        services.progress = new SourceProgress(List.of(objects), Map.of());
    }

    private void table(String name, long rows) {
        services.sizes.put(name, new TableSize(rows, 1, "20261101", Optional.of(START)));
    }

    private static DeliveredObject delivered(String uri, String etag) {
        return new DeliveredObject(uri, etag, 1000, START, uri.replaceAll(".*dt=(.{10}).*", "$1"), LANE);
    }

    private static ObjectProgress read(String uri, String etag, long rows, long malformed) {
        return new ObjectProgress(uri, etag, 5000, 1000, START, rows, malformed, true);
    }
}
