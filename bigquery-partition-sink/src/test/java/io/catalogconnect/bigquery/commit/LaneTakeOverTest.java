package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.ANSWERS_LOST;
import static io.catalogconnect.bigquery.commit.LaneFixture.INTERNAL;
import static io.catalogconnect.bigquery.commit.LaneFixture.LANE;
import static io.catalogconnect.bigquery.commit.LaneFixture.NO_ANSWERS;
import static io.catalogconnect.bigquery.commit.LaneFixture.SEEN_LATE;
import static io.catalogconnect.bigquery.commit.LaneFixture.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.commit.WriterSettings.OtherConnectors;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Faults;
import io.catalogconnect.bigquery.simulation.SimulatedBigQuery.Stored;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the take-over of a lane and the fencing of its previous owner. */
final class LaneTakeOverTest {

    private final LaneFixture lane = new LaneFixture();

    @Test
    void newOwnerContinuesAfterTheHighestOffset() {
        lane.add(0, 10);
        lane.run();
        lane.writer = lane.newWriter();
        lane.add(5, 15);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 15));
        assertThat(lane.skipped).isEqualTo(5);
        assertThat(lane.service.registration(LANE).baseOffset()).isEqualTo(9);
    }

    @Test
    void fencedOwnerStopsPermanently() {
        lane.add(0, 10);
        lane.run();
        PartitionWriter old = lane.writer;
        String stream = lane.service.registration(LANE).stream();
        lane.writer = lane.newWriter();
        lane.add(10, 20);
        lane.run();
        old.add(lane.row(10), lane.now);

        assertThatThrownBy(() -> lane.run(old))
                .isInstanceOf(FencedException.class)
                .hasMessage(
                        "sink: products-0 -> t: fenced by a newer task, which writes stream "
                                + lane.service.registration(LANE).stream()
                                + " in epoch 2. Nothing is lost or doubled; restart this task if it is the one that should run.");
        old.add(lane.row(30), lane.now);
        lane.run(old);

        assertThat(stream).isNotEqualTo(lane.service.registration(LANE).stream());
        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 20));
    }

    @Test
    void laneOfAnotherConnectorFailsTheTaskAndNamesTheConnector() {
        lane.add(0, 10);
        lane.run();
        PartitionWriter other = lane.newWriter("green", OtherConnectors.FAIL);
        other.add(lane.row(5), lane.now);

        assertThatThrownBy(() -> lane.run(other))
                .isInstanceOf(FencedException.class)
                .hasMessage("green: products-0 -> t: connector sink owns this lane and writes stream "
                        + lane.service.registration(LANE).stream()
                        + " in epoch 1. Two connectors would write its rows twice. If green replaces sink, set"
                        + " other.connectors=fence; otherwise send the topic to another table.");
        lane.add(10, 20);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 20));
        assertThat(lane.service.registration(LANE).epoch()).isEqualTo(1);
    }

    @Test
    void replacedConnectorFailsAtItsNextAppendAndDoesNotFenceInReturn() {
        lane.add(0, 10);
        lane.run();
        PartitionWriter green = replaceByGreen();
        String owner = lane.service.registration(LANE).stream();

        lane.add(10, 30);
        assertThatThrownBy(lane::run)
                .isInstanceOf(FencedException.class)
                .hasMessage("sink: products-0 -> t: fenced by connector green, which writes stream " + owner
                        + " in epoch 2. Nothing is lost or doubled; delete this connector if green replaces it.");
        for (OtherConnectors policy : OtherConnectors.values()) {
            PartitionWriter restarted = lane.newWriter("sink", policy);
            restarted.add(lane.row(25), lane.now);
            assertThatThrownBy(() -> lane.run(restarted))
                    .isInstanceOf(FencedException.class)
                    .hasMessage("sink: products-0 -> t: connector green replaced this connector and writes stream "
                            + owner + " in epoch 2. Delete this connector. To return to it, stop green, and set the"
                            + " connector to 'sink' in the rows of green in the registry table.");
        }
        green.add(lane.row(20), lane.now);
        lane.run(green);

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 21));
        assertThat(lane.service.registration(LANE).fenced()).containsExactly("sink");
    }

    @Test
    void connectorToWhichAnOperatorTransfersLanesContinuesThem() {
        lane.add(0, 10);
        lane.run();
        replaceByGreen();
        Registration green = lane.service.registration(LANE);
        lane.service.register(
                LANE, new Registration(green.epoch(), "sink", green.stream(), green.baseOffset(), green.fenced()));
        lane.writer = lane.newWriter();
        lane.add(15, 25);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 25));
    }

    /** A connector that fences the first one and writes the rows up to 19. */
    private PartitionWriter replaceByGreen() {
        PartitionWriter green = lane.newWriter("green", OtherConnectors.FENCE);
        for (long offset = 0; offset < 20; offset++) {
            green.add(lane.row(offset), lane.now);
        }
        lane.run(green);
        return green;
    }

    @Test
    void compareAndSetWithALostAnswerIsRecognizedAsOwn() {
        lane.add(0, 3);
        lane.own();
        lane.service.faults(INTERNAL);
        for (int i = 0; i < 30; i++) {
            lane.tick();
        }
        lane.service.faults(ANSWERS_LOST);
        for (int i = 0; i < 300; i++) {
            lane.tick();
        }
        lane.service.faults(Faults.NONE);
        lane.run();

        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.writer.firstUnsettled()).isEmpty();
    }

    @Test
    void takeOverThatTimesOutIsRestarted() {
        lane.add(0, 3);
        lane.service.faults(NO_ANSWERS);
        lane.writer.advance(lane.now);
        lane.service.workAll();
        lane.now += 100_000;
        lane.writer.advance(lane.now);
        lane.service.faults(Faults.NONE);
        lane.run();

        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
    }

    /** Its registration would compete with the next attempt's. */
    @Test
    void takeOverThatTimesOutIsCancelled() {
        lane.add(0, 3);
        lane.writer.advance(lane.now);
        lane.writer.advance(lane.now + 50_000);
        lane.writer.advance(lane.now + 50_001);
        lane.service.workAll();
        assertThat(lane.service.registration(LANE)).isEqualTo(Registration.NONE);

        lane.now += 50_001;
        lane.run();
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
        assertThat(lane.service.registration(LANE).epoch()).isEqualTo(1);
    }

    @Test
    void takeOverMayLastUntilItsTimeout() {
        lane.add(0, 3);
        lane.writer.advance(lane.now);
        lane.writer.advance(lane.now + 50_000);
        lane.service.workAll();

        assertThat(lane.service.registration(LANE).epoch()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 9, 10, 20})
    void rowsThatUsersDeletedAreNeitherMissedNorWrittenAgain(long firstDeleted) {
        lane.add(0, 10);
        lane.run();
        lane.service.delete("t", row -> row.offset() >= firstDeleted || row.offset() == 3);
        takeOverAndAdd(5, 15);

        assertThat(lane.appended()).containsExactlyElementsOf(range(0, 15));
        assertThat(lane.takeOvers).isEqualTo(2);
        assertThat(lane.skipped).isEqualTo(5);
    }

    @Test
    void rowsOfARestoredTableAreNotWrittenAgain() {
        lane.add(0, 10);
        lane.run();
        List<Stored> snapshot = List.copyOf(lane.service.rows("t"));
        lane.add(10, 20);
        lane.run();
        lane.service.restore("t", snapshot);
        takeOverAndAdd(10, 30);

        assertThat(lane.appended()).containsExactlyElementsOf(range(0, 30));
    }

    @Test
    void offsetsThatWereLeftOutAreCounted() {
        for (long offset : new long[] {0, 1, 2, 10, 11, 30, 31, 32}) {
            lane.writer.add(lane.row(offset), lane.now);
            lane.run();
        }
        lane.service.delete("t");
        lane.writer = lane.newWriter();
        for (long offset : new long[] {11, 30, 31, 32, 40}) {
            lane.writer.add(lane.row(offset), lane.now);
        }
        lane.run();

        assertThat(lane.appended()).containsExactly(0L, 1L, 2L, 10L, 11L, 30L, 31L, 32L, 40L);
    }

    @Test
    void contiguousOffsetsNeedOneCheckpointPerStream() {
        lane.add(0, 10);
        lane.run();
        lane.add(10, 200);
        lane.run();

        assertThat(lane.checkpointsOfTheOwner()).extracting(Checkpoint::rows).containsExactly(0L);
        lane.now += Duration.ofDays(1).toMillis();
        lane.add(200, 210);
        lane.run();
        assertThat(lane.checkpointsOfTheOwner()).extracting(Checkpoint::rows).containsExactly(0L, 210L);
    }

    @Test
    void takeOverWaitsForCheckpointsThatQueriesDoNotSeeYet() {
        lane.service.faults(SEEN_LATE);
        lane.add(5, 10);
        lane.run();
        lane.service.faults(Faults.NONE);
        lane.writer = lane.newWriter();
        lane.add(0, 12);
        for (int i = 0; i < 100; i++) {
            lane.tick();
        }
        assertThat(lane.takeOvers).isEqualTo(1);
        lane.now += 1_000_000;
        lane.service.now(lane.now);
        lane.run();

        assertThat(lane.appended()).containsExactlyElementsOf(range(5, 12));
    }

    @Test
    void checkpointThatCannotBeStoredIsStoredLater() {
        lane.writer.add(lane.row(0), lane.now);
        lane.run();
        lane.checkpoints.fail(new ServiceUnavailableException("UNAVAILABLE", null));
        lane.writer.add(lane.row(5), lane.now);
        lane.run();
        assertThat(lane.appended()).containsExactly(0L);
        lane.checkpoints.fail(null);
        lane.run();

        assertThat(lane.appended()).containsExactly(0L, 5L);
    }

    @Test
    void streamOfAnEarlierVersionIsContinuedAfterTheHighestOffsetInTheTable() {
        lane.add(0, 10);
        lane.run();
        lane.checkpoints.forgetAll();
        takeOverAndAdd(5, 15);

        assertThat(lane.appended()).containsExactlyElementsOf(range(0, 15));
    }

    @Test
    void endThatAnAbortedTakeOverStoredIsUsedIfTheServiceDoesNotRepeatIt() {
        lane.add(0, 10);
        lane.run();
        String stream = lane.service.registration(LANE).stream();
        var unused = lane.checkpoints.storeEnd(stream, 10, lane.now);
        lane.run();
        lane.service.forgetStream(stream);
        lane.service.delete("t");
        takeOverAndAdd(5, 15);

        assertThat(lane.appended()).containsExactlyElementsOf(range(0, 15));
    }

    @Test
    void recreatedTopicStopsTheTaskAlsoIfTheRowsWereDeleted() {
        lane.add(0, 10);
        lane.run();
        lane.writer = lane.newWriter();
        lane.writer.own();
        lane.run();
        lane.service.delete("t");
        lane.writer = lane.newWriter();
        lane.writer.add(lane.row(2, lane.now + Duration.ofMinutes(11).toMillis()), lane.now);

        assertThatThrownBy(lane::run)
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessageContaining("a row of that offset was written before 1970-01-01T00:00:0")
                .hasMessageContaining("the topic was recreated");
    }

    @Test
    void redeliveredRecordsAreSkippedIfTheRowsWereDeleted() {
        lane.add(0, 10);
        lane.run();
        lane.service.delete("t");
        lane.writer = lane.newWriter();
        lane.writer.add(lane.row(2, lane.now), lane.now);
        lane.writer.add(lane.row(9, lane.now + Duration.ofHours(1).toMillis()), lane.now);
        lane.run();

        assertThat(lane.appended()).containsExactlyElementsOf(range(0, 10));
        assertThat(lane.writer.firstUnsettled()).isEmpty();
    }

    @Test
    void replaceModeWaitsForRowsThatQueriesDoNotSeeYet() {
        lane.visibilityTimeout = Duration.ofSeconds(20);
        lane.add(0, 10);
        lane.run();
        lane.service.delete("t", row -> row.offset() == 4);
        lane.writer = lane.newWriter();
        lane.add(10, 12);
        for (int i = 0; i < 100; i++) {
            lane.tick();
        }
        assertThat(lane.takeOvers).isEqualTo(1);
        for (int i = 0; i < 100_000; i++) {
            lane.tick();
        }

        assertThat(lane.appended()).containsExactlyElementsOf(range(0, 12));
    }

    private void takeOverAndAdd(long from, long to) {
        lane.writer = lane.newWriter();
        lane.add(from, to);
        lane.run();
    }

    @Test
    void requestedLaneIsTakenOverWithoutWaitingRows() {
        lane.add(0, 10);
        lane.run();
        assertThat(lane.writer.progress()).contains(new LaneProgress(LANE, -1, 9, 10));
        lane.writer = lane.newWriter();
        lane.run();
        assertThat(lane.writer.progress()).isEmpty();
        lane.writer.own();
        lane.run();

        assertThat(lane.writer.progress()).contains(new LaneProgress(LANE, 9, 9, 0));
        assertThat(lane.service.registration(LANE).epoch()).isEqualTo(2);
    }

    @Test
    void deletedStreamCountsAsFinalized() {
        lane.add(0, 10);
        lane.run();
        lane.service.forgetStream(lane.service.registration(LANE).stream());
        lane.writer = lane.newWriter();
        lane.add(0, 12);
        lane.run();

        assertThat(lane.offsets()).containsExactlyElementsOf(range(0, 12));
    }

    @Test
    void takeOverStartsAfterTheTableExists() {
        lane.tableReady = false;
        lane.add(0, 3);
        lane.run();
        assertThat(lane.service.registration(LANE)).isEqualTo(Registration.NONE);

        lane.tableReady = true;
        lane.run();
        assertThat(lane.offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void closedWriterLeavesTheLaneToItsSuccessor() {
        lane.add(0, 3);
        lane.writer.advance(lane.now);
        lane.writer.close();
        lane.service.workAll();
        lane.writer.advance(lane.now);

        assertThat(lane.service.registration(LANE)).isEqualTo(Registration.NONE);
    }
}
