package io.catalogconnect.localstack.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.process.JavaProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each fault once, on one stack with real workers; {@link SinkSoakIT} has them all at once and for long. BigQuery's outages end and the
 * tasks are alive: a task that has failed fails its test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SinkFaultIT {
    private FaultStage stage;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        stage = new FaultStage(directory);
    }

    @AfterEach
    void healBigQuery() throws Exception {
        stage.faults().clear();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    /** The short form is AppendFaultIT.eachRowIsWrittenOnceWhicheverFaultOccurs. */
    @Test
    @Tag("soak")
    void eachRowIsWrittenOnceWhicheverFaultOccurs() throws Exception {
        SinkJob job = new SinkJob("listed", List.of("listed"), "listed");
        stage.start(job);
        stage.publisher().publish("listed", 600);
        stage.awaitCommitted(job);
        for (List<String> rules : ListedFaults.ALL) {
            stage.faults().add(rules.toArray(String[]::new));
            stage.publisher().publish("listed", 600);
            stage.awaitCommitted(job);
            stage.faults().assertEachOccurred(rules);
            stage.faults().clear();
        }
        stage.awaitRows(job, 600L + 600L * ListedFaults.ALL.size()); // of the last ones some are not to be seen yet
        stage.awaitEachRowOnce(job);
        stage.stop(job);
    }

    @Test
    void noRowIsLostOrDuplicatedWithOffsetGapsRenamedTopicsAndASharedTable() throws Exception {
        SinkJob job = new SinkJob("gaps", List.of("gaps.one", "gaps.two"), "gaps").renamingAndFiltering();
        stage.start(job);
        for (int i = 0; i < 5; i++) {
            stage.publisher().publishCommitted("gaps.one", 100);
            stage.publisher().publishAborted("gaps.one", 50);
            stage.publisher().publish("gaps.two", 100);
            stage.publisher().publishFiltered("gaps.two", 50);
            stage.faults().add("{\"effect\":\"LOSE_STREAM\",\"method\":\"AppendRows\",\"skip\":1}");
        }
        stage.awaitEachRowOnce(job);
        assertThat(stage.faults().remaining()).as("rules that affected no call").isLessThan(5);
        stage.stop(job);
    }

    /** Each record is in the table or in the dead letter queue, also after the job failed because of it. */
    @Test
    void recordsThatDoNotFitTheTableStopTheJobOrGoToTheDeadLetterQueueAsConfigured() throws Exception {
        SinkJob strict = new SinkJob("misfits", List.of("misfits"), "misfits");
        stage.start(strict);
        stage.publisher().publish("misfits", 300);
        stage.awaitEachRowOnce(strict);
        Map<Place, String> rejected = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            Place place = stage.publisher().publishWithAnotherColumn("misfits");
            rejected.put(
                    place,
                    "misfits: record at misfits-0 offset " + place.offset() + " cannot be written to table misfits:"
                            + " table misfits has no column 'weight' (FLOAT64). Add it, or set schema.evolution=add.");
            stage.publisher().publish("misfits", 200);
        }
        assertThat(stage.awaitFailure(strict))
                .contains(
                        " has no column 'weight' (FLOAT64). Add it, or set schema.evolution=add. To skip such"
                                + " records, set errors.tolerance=all; to keep them, also set errors.deadletterqueue.topic.name.");

        SinkJob tolerant = strict.with("errors.tolerance", "all")
                .with("errors.deadletterqueue.topic.name", "misfits.rejected")
                .with("errors.deadletterqueue.topic.replication.factor", "1")
                .with("errors.deadletterqueue.context.headers.enable", "true");
        stage.start(tolerant);
        assertThat(stage.awaitEachRowOnce(tolerant)).isEqualTo(1_300);
        assertThat(stage.deadLetters("misfits.rejected")).isEqualTo(rejected);
        stage.stop(tolerant);
    }

    @Test
    void noRowIsLostOrDuplicatedIfBigQueryIsKilled() throws Exception {
        SinkJob job = new SinkJob("outage", List.of("outage"), "outage");
        stage.start(job);
        stage.publisher().publish("outage", 3_000);
        stage.awaitRows(job, 1);
        stage.stack().killBigQuery();
        stage.publisher().publish("outage", 3_000);
        stage.stack().restartBigQuery();
        stage.awaitEachRowOnce(job);
        stage.stop(job);
    }

    /** {@link UpsertSoakIT} is the long form, which also kills workers and the broker. */
    @Test
    void tableEqualsTheLastStateOfEachKeyIfBigQueryIsKilled() throws Exception {
        SinkJob job = KeyedItems.upserting(new SinkJob("upsert", List.of("upsert"), "upsert"));
        try (KeyedItems items = new KeyedItems(stage.stack().endpoints().kafka(), 300, new Random(6))) {
            stage.start(job);
            items.publish("upsert", 3_000);
            stage.awaitRows(job, 1);
            items.publish("upsert", 3_000);
            stage.stack().killBigQuery();
            stage.stack().restartBigQuery();
            stage.faults().add("{\"effect\":\"DROP_ANSWER\",\"method\":\"AppendRows\",\"skip\":2,\"count\":3}");
            items.publish("upsert", 3_000);
            stage.awaitLastStates(job, items);
        }
        stage.stop(job);
    }

    @Test
    void noRowIsLostOrDuplicatedIfTheBrokerIsKilled() throws Exception {
        SinkJob job = new SinkJob("broker", List.of("broker"), "broker");
        stage.start(job);
        stage.publisher().publish("broker", 3_000);
        stage.awaitRows(job, 1);
        stage.stack().killBroker();
        stage.stack().restartBroker();
        stage.publisher().publish("broker", 1_000);
        stage.awaitEachRowOnce(job);
        stage.stop(job);
    }

    /** {@link SinkSoakIT} kills workers. */
    @Test
    void noRowIsLostOrDuplicatedWhileAWorkerJoinsAndLeaves() throws Exception {
        SinkJob job = new SinkJob("rebalance", List.of("rebalance"), "rebalance");
        stage.start(job);
        stage.publisher().publish("rebalance", 2_000);
        JavaProcess second = stage.addWorker("rebalance-2");
        stage.publisher().publish("rebalance", 2_000);
        stage.awaitRows(job, 2_001);
        second.close();
        stage.publisher().publish("rebalance", 2_000);
        stage.awaitEachRowOnce(job);
        stage.stop(job);
    }

    /** The short form is BigQueryPartitionSinkIT.taskWhoseLaneWasTakenOverIsFencedAndWritesNothing. */
    @Test
    @Tag("soak")
    void fencedTaskThatHangsInPutWritesNothing() throws Exception {
        // Little room and slow answers: both tasks spend their time in put, waiting.
        SinkJob job = new SinkJob("zombie", List.of("zombie"), "zombie").with("buffer.max.bytes", "20000");
        JavaProcess second = stage.addWorker("zombie-2");
        stage.start(job);
        stage.publisher().publish("zombie", 3_000);
        stage.awaitRows(job, 100);
        String delay = "{\"effect\":\"DELAY\",\"method\":\"AppendRows\",\"durationMs\":300,\"count\":1000000}";
        stage.faults().add(delay);
        stage.publisher().publish("zombie", 3_000);
        stage.awaitRows(job, 3_100);
        stage.faults().assertEachOccurred(List.of(delay));
        second.pause();
        stage.faults().clear();
        stage.awaitEachRowOnce(job);
        second.resume();
        stage.publisher().publish("zombie", 3_000);
        stage.awaitEachRowOnce(job);
        assertThat(stage.log("zombie-2")).isNotEmpty();
        stage.stop(job);
        second.kill();
    }
}
