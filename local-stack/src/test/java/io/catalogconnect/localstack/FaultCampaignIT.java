package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.generator.CatalogSummary;
import io.catalogconnect.localstack.fault.BigQueryFaults;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign of faults from S3 to the tables: kills of all processes, cut connections, slow and missing answers, errors, deleted rows and
 * rebalances, in random order with a seed. Objects are delivered during the whole campaign. In the end each row is in the tables once,
 * except for the rows that were deleted.
 *
 * <p>{@code -Dcampaign.faults} sets the number of faults (1,000), {@code -Dcampaign.seed} the seed (1).
 */
@Tag("soak")
final class FaultCampaignIT {
    private static final int FAULTS = Integer.getInteger("campaign.faults", 1_000);
    private static final long SEED = Long.getLong("campaign.seed", 1);
    private static final int ROWS_OF_OBJECT = 120;
    private static final int FAULTS_OF_OBJECT = 5;
    private static final int DATES = 5;
    private static final LocalDate FIRST_DATE = LocalDate.parse("2026-11-01");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EXAMPLES = 10;

    /** A row by its place in S3. */
    private record Row(String key, long number) {}

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final CampaignLedger ledger = new CampaignLedger();
    private final List<Delivered> delivered = new ArrayList<>();
    private final Set<Row> deleted = new HashSet<>();
    private long withImage;
    private long samsung;

    @Test
    void noRowIsLostOrDuplicatedInACampaignOfFaults() throws Exception {
        StackLayout layout = new StackLayout(Path.of(".."), directory.resolve("state"));
        MainJob job = impatient(MainJob.read(layout));
        try (LocalStack stack = LocalStack.start(layout, StackPorts.FREE, step -> {})) {
            BigQueryFaults faults = new BigQueryFaults(stack.endpoints().bigQueryRest());
            stack.deploy(job.connectors());
            deliver(stack);
            Arrival.await(new Delivery(stack, job, delivered));
            List<CampaignFault> left = new ArrayList<>(CampaignFault.shuffled(FAULTS, random));
            while (!left.isEmpty()) {
                List<CampaignFault> next = nextFaults(left);
                if (next.get(0).rule().isPresent()) {
                    breakCalls(stack, faults, job, next);
                } else {
                    deliver(stack);
                    pause(Duration.ofMillis(random.nextInt(500)));
                    inject(stack, job, next.get(0));
                }
            }
            Arrival.await(new Delivery(stack, job, delivered));
            check(stack);
        } finally {
            System.out.println("Faults of the campaign with seed " + SEED + ":\n" + ledger);
        }
        assertThat(ledger.size()).isEqualTo(Math.max(FAULTS, CampaignFault.values().length));
        assertThat(ledger.counts()).containsOnlyKeys(CampaignFault.values());
    }

    /** The main job with short time limits and small requests. */
    private static MainJob impatient(MainJob job) {
        MainJob shorter = ShortTransactions.of(job);
        Map<String, String> source = new HashMap<>(shorter.source().config());
        source.put("poll.interval.ms", "300");
        Map<String, String> sink = new HashMap<>(shorter.sink().config());
        sink.put("append.max.rows", "20");
        sink.put("append.timeout.ms", "3000");
        sink.put("bigquery.request.timeout.ms", "3000");
        sink.put("retry.backoff.max.ms", "500");
        sink.put("consumer.override.session.timeout.ms", "6000");
        sink.put("consumer.override.heartbeat.interval.ms", "1000");
        return new MainJob(
                new ConnectorDefinition(shorter.source().name(), source),
                new ConnectorDefinition(shorter.sink().name(), sink));
    }

    /** Takes the next fault, or the next few faults of calls. */
    private static List<CampaignFault> nextFaults(List<CampaignFault> left) {
        List<CampaignFault> next = new ArrayList<>();
        do {
            next.add(left.remove(left.size() - 1));
        } while (next.size() < FAULTS_OF_OBJECT
                && next.get(0).rule().isPresent()
                && !left.isEmpty()
                && left.get(left.size() - 1).rule().isPresent());
        return next;
    }

    private void deliver(LocalStack stack) throws IOException {
        int number = delivered.size();
        Path file = directory.resolve("object-" + number + ".csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            CatalogSummary summary = new CatalogGenerator().write(CatalogShape.clean(ROWS_OF_OBJECT, number), out);
            withImage += summary.withImage();
            samsung += summary.samsungAfter2000WithoutImage();
        }
        delivered.add(stack.bucket().deliver(file, FIRST_DATE.plusDays(number % DATES)));
        Files.delete(file);
    }

    /** Breaks calls of the sink, and waits until each of them was broken. */
    private void breakCalls(LocalStack stack, BigQueryFaults faults, MainJob job, List<CampaignFault> kinds)
            throws Exception {
        for (CampaignFault kind : kinds) {
            faults.add(kind.rule().orElseThrow());
        }
        deliver(stack);
        Wait patience = Wait.upTo(PATIENCE);
        while (!faults.areUsedUp()) {
            checkAlive(stack, job);
            assertThat(patience.isOver()).as("%s did not occur", kinds).isFalse();
            patience.pause();
        }
        kinds.forEach(kind -> ledger.add(kind, "an append to products_raw"));
    }

    private static void pause(Duration time) throws InterruptedException {
        Wait over = Wait.upTo(time);
        while (!over.isOver()) {
            over.pause();
        }
    }

    private void inject(LocalStack stack, MainJob job, CampaignFault kind) throws Exception {
        String detail = "";
        switch (kind) {
            case ROWS_DELETED -> detail = deleteRows(stack);
            case REBALANCE -> detail = rebalance(stack, job);
            case WORKER_KILLED -> {
                stack.killWorker();
                stack.restartWorker();
            }
            case BIGQUERY_KILLED -> {
                stack.killBigQuery();
                stack.restartBigQuery();
            }
            case S3_KILLED -> {
                stack.stopS3();
                stack.restartS3();
            }
            case BROKER_KILLED -> {
                stack.killBroker();
                stack.restartBroker();
            }
            default -> throw new AssertionError(kind);
        }
        ledger.add(kind, detail);
    }

    /** Deletes rows of one object that has arrived, at least in part. */
    private String deleteRows(LocalStack stack) throws InterruptedException {
        Wait patience = Wait.upTo(PATIENCE);
        while (true) {
            String key = keyOf(delivered.get(random.nextInt(delivered.size())));
            List<Long> rows = new ArrayList<>();
            stack.dataset()
                    .query("SELECT _csv_row FROM products_raw WHERE _s3_key = '" + key + "' ORDER BY _csv_row")
                    .iterateAll()
                    .forEach(row -> rows.add(row.get(0).getLongValue()));
            if (!rows.isEmpty()) {
                Collections.shuffle(rows, random);
                List<Long> chosen = rows.subList(0, 1 + random.nextInt(Math.min(20, rows.size())));
                stack.dataset()
                        .query("DELETE FROM products_raw WHERE _s3_key = '" + key + "' AND _csv_row IN ("
                                + chosen.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")");
                chosen.forEach(row -> deleted.add(new Row(key, row)));
                return chosen.size() + " rows of " + key;
            }
            assertThat(patience.isOver()).as("no row to delete").isFalse();
            patience.pause();
        }
    }

    /** Changes the number of tasks, so that all partitions are assigned anew. */
    private String rebalance(LocalStack stack, MainJob job) throws InterruptedException {
        Map<String, String> config = new HashMap<>(job.sink().config());
        String tasks = String.valueOf(1 + ledger.size() % 3);
        config.put("tasks.max", tasks);
        stack.connect().put(new ConnectorDefinition(job.sink().name(), config));
        return tasks + " tasks";
    }

    private static void checkAlive(LocalStack stack, MainJob job) throws InterruptedException {
        for (ConnectorDefinition connector : job.connectors()) {
            assertThat(stack.connect().status(connector.name()).failure())
                    .as(connector.name())
                    .isEqualTo(Optional.empty());
        }
    }

    private void check(LocalStack stack) throws InterruptedException {
        Set<Row> missing = new HashSet<>();
        for (Delivered object : delivered) {
            for (long number = 1; number <= ROWS_OF_OBJECT; number++) {
                missing.add(new Row(keyOf(object), number));
            }
        }
        missing.removeAll(deleted);
        int expected = missing.size();
        List<Row> doubled = new ArrayList<>();
        for (FieldValueList row : stack.dataset()
                .query("SELECT _s3_key, _csv_row FROM products_raw")
                .iterateAll()) {
            Row found = new Row(row.get(0).getStringValue(), row.get(1).getLongValue());
            if (!missing.remove(found)) {
                doubled.add(found);
            }
        }
        System.out.printf(
                "%d rows of %d objects: %d lost, %d doubled, %d deleted on purpose%n",
                expected + deleted.size(), delivered.size(), missing.size(), doubled.size(), deleted.size());
        assertThat(missing.stream().limit(EXAMPLES)).as("lost").isEmpty();
        assertThat(doubled.stream().limit(EXAMPLES)).as("doubled").isEmpty();
        assertCopies(stack, "products_team_a", withImage);
        assertCopies(stack, "products_team_b", samsung);
    }

    private static void assertCopies(LocalStack stack, String table, long rows) throws InterruptedException {
        FieldValueList counts = stack.dataset()
                .query("SELECT COUNT(*), (SELECT COUNT(*) FROM (SELECT DISTINCT _s3_key, _csv_row FROM " + table
                        + ")) FROM " + table)
                .iterateAll()
                .iterator()
                .next();
        assertThat(counts.get(0).getLongValue()).as("rows of " + table).isEqualTo(rows);
        assertThat(counts.get(1).getLongValue()).as("distinct rows of " + table).isEqualTo(rows);
    }

    private static String keyOf(Delivered object) {
        return object.uri().substring("s3://catalog/".length());
    }
}
