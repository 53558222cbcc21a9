package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.Levels;
import io.catalogconnect.catalogctl.status.Status;
import io.catalogconnect.catalogctl.status.StatusReader;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The product catalogue, applied, with a file that is not read. */
final class StatusWaitTest {
    private static final DeliveredObject FILE =
            new DeliveredObject("s3://b/dt=2026-11-01/a.csv", "e", 1, Instant.EPOCH, "2026-11-01", 0);

    private final FakeServices services = new FakeServices();
    private final MovableClock clock = new MovableClock();
    private final StringWriter err = new StringWriter();
    private final List<DeliveredObject> bucket = new ArrayList<>(List.of(FILE));
    private final Desired desired;
    private boolean isListable = true;

    StatusWaitTest() throws IOException {
        desired = Contracts.catalog();
    }

    @BeforeEach
    void apply() throws Exception {
        new ContractApply(services.services(), clock, "ada", step -> {})
                .apply(desired, ContractApply.Options.plain(PlanJson::of));
        services.plugins.put("io.catalogconnect.s3csv.S3CsvSourceConnector", "0.1.0");
        services.plugins.put("io.catalogconnect.bigquery.BigQueryPartitionSinkConnector", "0.1.0");
    }

    @Test
    void connectorThatDoesNotExistEndsTheWait() {
        services.connectors.remove("catalog-sink");
        assertEnds("the connector catalog-sink does not exist. Run catalogctl apply c.yaml --env local.");
    }

    @Test
    void connectorThatIsPausedEndsTheWait() {
        services.deploy("catalog-source", desired.source().config(), "PAUSED");
        assertEnds("the connector catalog-source is PAUSED. Run catalogctl apply c.yaml --env"
                + " local, which starts it.");
    }

    @Test
    void absentTopicEndsTheWait() {
        services.topics.remove("products.raw");
        assertEnds("the topic products.raw does not exist. Run catalogctl apply c.yaml --env local.");
    }

    /** The source has read the file before the table was deleted and created again. */
    @Test
    void tableWithoutTheRowsOfEarlierFilesEndsTheWaitUntilTheyAreReplayed() throws Exception {
        services.progress = new SourceProgress(
                List.of(new ObjectProgress(FILE.uri(), "e", 1, 1, Instant.EPOCH, 9, 0, true)), Map.of());
        assertThat(reader().read().isShown()).isTrue();
        services.tables.remove("products_team_b");
        clock.advance(Duration.ofHours(1));
        apply();
        assertEnds("rows of earlier files are not in products_team_b, which was created later. Run catalogctl replay"
                + " c.yaml --env local --since 2026-11-01.");
        LogEntry last = services.log.get(services.log.size() - 1);
        services.log.add(new LogEntry(
                last.contractId(),
                last.environment(),
                last.apply(),
                ReplayLog.ENDED,
                clock.instant(),
                "ada",
                last.toVersion(),
                last.toVersion(),
                "1 file",
                "{}",
                ""));
        assertThat(reader().read().isShown()).isTrue();
    }

    @Test
    void absentDatasetEndsTheWait() {
        services.hasDataset = false;
        assertEnds("the dataset of the contract does not exist. Run catalogctl apply c.yaml --env local, which creates"
                + " it. If the contract was applied before, check project and dataset of the bigquery server, and the"
                + " variables of the context.");
    }

    @Test
    void serviceThatDoesNotAnswerEndsTheWait() {
        services.down.add("Kafka");
        assertEnds("Kafka at x:1 does not answer. Check that the brokers run, and that kafka.bootstrap of the context"
                + " is their address. Topics and lag are not known.");
    }

    /** A new file, of which nothing is known, may wait. */
    @Test
    void bucketThatCannotBeListedEndsTheWait() throws InterruptedException {
        bucket.clear();
        assertThat(reader().read().isShown()).isTrue();
        isListable = false;
        assertThat(reader().read().isHealthy()).isTrue();
        assertEnds("the bucket was not listed: No credentials. Give this machine, or the variables of the context,"
                + " credentials that may list the bucket. Without them, new files are not known.");
    }

    @Test
    void endOfTheTimeIsReported() throws InterruptedException {
        Status status = new StatusWait(reader(), new PrintWriter(err)).upTo(Duration.ZERO);
        assertThat(status.isShown()).isFalse();
        assertThat(err.toString().lines())
                .containsExactly(
                        "0 of 1 files read, 0 rows; lag 0",
                        "After 0 seconds, not all files are shown. --timeout is the limit.");
    }

    @Test
    void shownFilesEndTheWaitWithoutAReason() throws InterruptedException {
        bucket.clear();
        assertThat(new StatusWait(reader(), new PrintWriter(err))
                        .upTo(Duration.ofHours(1))
                        .isShown())
                .isTrue();
        assertThat(err.toString().lines()).containsExactly("0 of 0 files read, 0 rows; lag 0");
    }

    private void assertEnds(String reason) {
        Status status = assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> new StatusWait(reader(), new PrintWriter(err)).upTo(Duration.ofHours(1)));
        assertThat(status.isShown()).isFalse();
        assertThat(err.toString().lines()).last().isEqualTo("Not all files are shown: " + reason);
    }

    private StatusReader reader() {
        Levels none = new Levels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new StatusReader(desired, "c.yaml --env local", none, services.services(), this::listed, clock);
    }

    private List<DeliveredObject> listed() {
        if (!isListable) {
            throw new LiveException("No credentials.", null);
        }
        return List.copyOf(bucket);
    }
}
