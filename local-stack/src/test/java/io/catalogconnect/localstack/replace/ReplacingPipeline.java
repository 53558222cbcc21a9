package io.catalogconnect.localstack.replace;

import io.catalogconnect.localstack.Delivery;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import io.catalogconnect.toolkit.rest.ConnectorStatus;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** A stack whose main job replaces partitions. */
final class ReplacingPipeline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final StackLayout layout;
    private final LocalStack stack;
    private final MainJob job;

    private ReplacingPipeline(Path folder, StackLayout layout, LocalStack stack, MainJob job) {
        this.folder = folder;
        this.layout = layout;
        this.stack = stack;
        this.job = job;
    }

    static ReplacingPipeline start(Path folder, Map<String, String> sinkSettings)
            throws IOException, InterruptedException, ExecutionException {
        StackLayout layout = new StackLayout(Path.of(".."), folder.resolve("state"));
        MainJob main = MainJob.readReplacing(layout);
        MainJob job = new MainJob(
                changed(
                        main.source(),
                        Map.of("poll.interval.ms", "200", "producer.override.transaction.timeout.ms", "10000")),
                changed(main.sink(), sinkSettings));
        LocalStack stack = LocalStack.start(layout, StackPorts.FREE, step -> {});
        stack.deploy(job.connectors());
        return new ReplacingPipeline(folder, layout, stack, job);
    }

    /** The same deliveries, each of them a whole dataset that replaces one table. */
    ReplacingPipeline andWholeTable(String table) throws InterruptedException, ExecutionException {
        Map<String, String> config = new HashMap<>(job.sink().config());
        config.putAll(Map.of("topics", "products.raw", "tables", "products.raw:" + table, "replace.unit", "table"));
        MainJob whole = new MainJob(job.source(), new ConnectorDefinition("whole-sink", config));
        stack.deploy(whole.connectors());
        return new ReplacingPipeline(folder, layout, stack, whole);
    }

    private static ConnectorDefinition changed(ConnectorDefinition connector, Map<String, String> settings) {
        Map<String, String> config = new HashMap<>(connector.config());
        config.putAll(settings);
        return new ConnectorDefinition(connector.name(), config);
    }

    /** Ends the source's tasks, so that none continues with the current rules. */
    void stopSource() throws InterruptedException {
        stack.connect().stop(job.source().name());
        awaitSource("stopped", source -> source.tasks().isEmpty());
    }

    private void awaitSource(String what, Predicate<ConnectorStatus> state) throws InterruptedException {
        Wait patience = Wait.upTo(PATIENCE);
        while (!state.test(stack.connect().status(job.source().name()))) {
            if (patience.isOver()) {
                throw new AssertionError("after " + PATIENCE + " the source has not " + what);
            }
            patience.pause();
        }
    }

    /** Has team B want other products; while the source is stopped. */
    void ruleOfTeamB(String condition) throws InterruptedException, ExecutionException {
        stack.deploy(List.of(changed(
                job.source(),
                Map.of(
                        "transforms.teams.conditions.by.topic",
                        "products.raw: true\nproducts.events: true\nproducts.team-a: present(value.image)\nproducts.team-b: "
                                + condition))));
    }

    /** Starts the source again after {@link #stopSource()}. */
    void resumeSource() throws InterruptedException {
        stack.connect().resume(job.source().name());
    }

    MainJob job() {
        return job;
    }

    LocalStack stack() {
        return stack;
    }

    /** Delivers files and waits until they are shown. */
    void deliver(Catalogue... catalogues) throws IOException, InterruptedException, ExecutionException {
        await(put(catalogues));
    }

    /** Delivers files. */
    List<Delivered> put(Catalogue... catalogues) throws IOException {
        List<Delivered> delivered = new ArrayList<>();
        for (Catalogue catalogue : catalogues) {
            delivered.add(stack.bucket().deliver(catalogue.write(folder.resolve("files")), catalogue.date()));
        }
        return delivered;
    }

    /** Delivers the same bytes once more. */
    void putAgain(Catalogue catalogue) throws IOException {
        stack.bucket().put(catalogue.write(folder.resolve("files")), catalogue.date());
    }

    /** Delivers a file with a malformed row in the middle and waits until the source has stopped at it. */
    void putBroken(Catalogue catalogue) throws IOException, InterruptedException {
        Path file = catalogue.write(folder.resolve("files"));
        String whole = Files.readString(file);
        String middle = "\nHP," + catalogue.rows() / 2 + ",";
        Files.writeString(file, whole.replace(middle, "\nHP,not a number,"));
        stack.bucket().deliver(file, catalogue.date());
        awaitSource("stopped at " + file, source -> source.failure().isPresent());
    }

    /** Restarts the source after it has stopped at a malformed row. */
    void restartSource() throws InterruptedException {
        stack.connect().restartFailed(job.source().name());
        awaitSource("started again", ConnectorStatus::isRunning);
    }

    /** Takes an object out of the bucket. */
    void delete(Delivered object) throws IOException {
        Files.delete(layout.s3().resolve(object.uri().substring("s3://".length())));
    }

    /** Waits until the source has read these, and the sink has committed all that the topics hold. */
    void await(List<Delivered> delivered) throws InterruptedException, ExecutionException {
        Delivery delivery = new Delivery(stack, job, delivered);
        Wait patience = Wait.upTo(PATIENCE);
        while (!delivery.look().arrived()) {
            if (patience.isOver()) {
                throw new AssertionError("after " + PATIENCE + " there is " + delivery.look());
            }
            patience.pause();
        }
    }

    Shown shown(String table) throws InterruptedException {
        return Shown.of(stack.dataset(), table);
    }

    /** How many jobs have been named for a table. */
    long jobs(String table) throws InterruptedException {
        return stack.dataset()
                .query("SELECT COALESCE(SUM(sequence), 0) AS n FROM _catalog_connect_publications WHERE table_name = '"
                        + table + "'")
                .iterateAll()
                .iterator()
                .next()
                .get("n")
                .getLongValue();
    }

    @Override
    public void close() {
        stack.close();
    }
}
