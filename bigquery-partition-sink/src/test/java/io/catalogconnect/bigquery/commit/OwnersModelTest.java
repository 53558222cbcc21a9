package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.WriterSettings.OtherConnectors.FAIL;
import static io.catalogconnect.bigquery.commit.WriterSettings.OtherConnectors.FENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.commit.OwnersModel.Connector;
import io.catalogconnect.bigquery.commit.OwnersModel.Outcome;
import io.catalogconnect.bigquery.commit.OwnersModel.Ports;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the take-over protocol with all faults at once, while users delete and restore rows. Variants that are each broken
 * in one point prove that the model detects faults.
 */
final class OwnersModelTest {

    private static final int RECORDS = 50_000;
    private static final int FEWER_RECORDS = 9_000;
    private static final Connector BLUE_FENCES = new Connector("blue", FENCE, 0);
    private static final Connector GREEN_FENCES = new Connector("green", FENCE, 0.5);
    private static final Connector GREEN_FAILS = new Connector("green", FAIL, 0);
    private static final List<Connector> BOTH_FENCE_AT_ONCE = List.of(BLUE_FENCES, new Connector("green", FENCE, 0));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noRecordIsLostOrDuplicatedWhicheverTaskOwnsThePartition(long seed) {
        assertThatEachRecordIsWrittenOnce(seed);
    }

    @Test
    @Tag("soak")
    void noRecordIsLostOrDuplicatedInAHundredRuns() {
        for (long seed = 1; seed <= 100; seed++) {
            assertThatEachRecordIsWrittenOnce(seed);
        }
    }

    private static void assertThatEachRecordIsWrittenOnce(long seed) {
        Outcome outcome = new OwnersModel(seed, RECORDS, UnaryOperator.identity()).run();

        assertThat(outcome.records()).isGreaterThanOrEqualTo(RECORDS);
        assertThat(outcome.ownershipChanges()).isGreaterThanOrEqualTo(100);
        assertThat(outcome.refused()).isPositive();
        assertThat(outcome.deletions()).isPositive();
        assertThat(outcome.conflicts()).as("conflicting statements").isPositive();
        assertThat(outcome.partlyReplaced())
                .as("statements that replaced a part of their lanes")
                .isPositive();
        assertThat(outcome.lost()).as("lost rows of %s", outcome).isZero();
        assertThat(outcome.doubled()).as("doubled rows of %s", outcome).isZero();
    }

    @ParameterizedTest
    @MethodSource("twoConnectors")
    void noRecordIsLostOrDuplicatedIfTwoConnectorsWriteTheSameLanes(
            String name, long seed, List<Connector> connectors, int handovers) {
        Outcome outcome = new OwnersModel(seed, FEWER_RECORDS, UnaryOperator.identity(), connectors).run();

        assertThat(outcome.fenced()).isPositive();
        assertThat(outcome.handovers()).as("%s: %s", name, outcome).isEqualTo(handovers);
        assertThat(outcome.lost()).as("%s: lost rows of %s", name, outcome).isZero();
        assertThat(outcome.doubled())
                .as("%s: doubled rows of %s", name, outcome)
                .isZero();
    }

    /** Each of the three lanes changes its connector at most once, although all tasks are restarted when they fail. */
    static Stream<Arguments> twoConnectors() {
        return Stream.of(1L, 2L)
                .flatMap(seed -> Stream.of(
                        Arguments.of("both fail", seed, List.of(new Connector("blue", FAIL, 0), GREEN_FAILS), 0),
                        Arguments.of("replaced", seed, List.of(new Connector("blue", FAIL, 0), GREEN_FENCES), 3),
                        Arguments.of("both fence, one later", seed, List.of(BLUE_FENCES, GREEN_FENCES), 3),
                        Arguments.of("both fence at once", seed, BOTH_FENCE_AT_ONCE, 3)));
    }

    @Test
    void modelFindsDuplicatesIfEachConnectorHasItsOwnLanes() {
        Outcome outcome =
                new OwnersModel(1, FEWER_RECORDS, OwnersModelTest::lanesOfEachConnector, BOTH_FENCE_AT_ONCE).run();

        assertThat(outcome.doubled()).isPositive();
    }

    @Test
    void modelFindsAFightIfTheRegistryForgetsFencedConnectors() {
        Outcome outcome =
                new OwnersModel(1, FEWER_RECORDS, OwnersModelTest::forgettingFenced, BOTH_FENCE_AT_ONCE).run();

        assertThat(outcome.handovers()).isGreaterThan(3);
        assertThat(outcome.doubled()).isZero();
    }

    @Test
    void modelFindsDuplicatesIfTheStreamIsNotFinalized() {
        Outcome outcome = new OwnersModel(1, RECORDS, OwnersModelTest::withoutFinalize).run();

        assertThat(outcome.doubled()).isPositive();
    }

    @Test
    void modelFindsDuplicatesIfTheMarkIsReadBeforeFinalize() {
        Outcome outcome = new OwnersModel(1, RECORDS, OwnersModelTest::markBeforeFinalize).run();

        assertThat(outcome.doubled()).isPositive();
    }

    @Test
    void modelFindsDuplicatesIfTheMarkIsTheHighestOffsetInTheTable() {
        Outcome outcome = new OwnersModel(1, RECORDS, OwnersModelTest::markOfTheTable).run();

        assertThat(outcome.doubled()).isPositive();
    }

    @Test
    void modelFindsDuplicatesIfAppendsDoNotWaitForTheirCheckpoints() {
        Outcome outcome = new OwnersModel(1, RECORDS, OwnersModelTest::appendsBeforeTheirCheckpoints).run();

        assertThat(outcome.doubled()).isPositive();
    }

    @Test
    void modelFindsDuplicatesIfCheckpointsDoNotFollowGaps() {
        Outcome outcome = new OwnersModel(1, RECORDS, OwnersModelTest::onlyTheFirstCheckpoint).run();

        assertThat(outcome.doubled()).isPositive();
    }

    @Test
    void modelFindsLostRowsIfAlreadyExistsCountsAsWritten() {
        Outcome outcome = new OwnersModel(1, RECORDS, OwnersModelTest::alreadyExistsIsWritten).run();

        assertThat(outcome.lost()).isPositive();
    }

    @Test
    void modelFindsDuplicatesIfAStatementThatChangedOneLaneCountsForAll() {
        Outcome outcome = new OwnersModel(1, RECORDS, OwnersModelTest::anyReplacedLaneCountsForAll).run();

        assertThat(outcome.doubled()).isPositive();
    }

    private static Ports lanesOfEachConnector(Ports ports) {
        return ports.with(new RegistryOver(ports.takeOver().registry()) {
            @Override
            LaneKey key(LaneKey lane) {
                return new LaneKey(lane.connector(), lane.connector() + lane.topic(), lane.partition(), lane.table());
            }
        });
    }

    private static Ports forgettingFenced(Ports ports) {
        return ports.with(new RegistryOver(ports.takeOver().registry()) {
            @Override
            public CompletableFuture<Registration> read(LaneKey lane) {
                return super.read(lane)
                        .thenApply(read -> new Registration(
                                read.epoch(), read.connector(), read.stream(), read.baseOffset(), Set.of()));
            }
        });
    }

    private static Ports withoutFinalize(Ports ports) {
        WriteStreams streams = new StreamsOver(ports.streams()) {
            @Override
            public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
                return CompletableFuture.completedFuture(FinalizedStream.WITHOUT_COUNT);
            }
        };
        return ports.with(streams);
    }

    private static Ports markOfTheTable(Ports ports) {
        return ports.with(new WithoutCount(ports.streams()));
    }

    private static Ports markBeforeFinalize(Ports ports) {
        WrittenOffsets table = ports.takeOver().writtenOffsets();
        Map<LaneKey, Long> marks = new HashMap<>();
        StreamRegistry readsMark = new RegistryOver(ports.takeOver().registry()) {
            @Override
            public CompletableFuture<Registration> read(LaneKey lane) {
                return super.read(lane)
                        .thenCompose(current -> table.highest(lane).thenApply(mark -> {
                            marks.put(lane, mark);
                            return current;
                        }));
            }
        };
        WrittenOffsets remembered = new WrittenOffsets() {
            @Override
            public CompletableFuture<Long> highest(LaneKey lane) {
                return CompletableFuture.completedFuture(marks.getOrDefault(lane, -1L));
            }

            @Override
            public CompletableFuture<Long> count(LaneKey lane, long above, long upTo) {
                return table.count(lane, above, upTo);
            }
        };
        return ports.with(new WithoutCount(ports.streams()))
                .with(new TakeOverPorts(readsMark, ports.takeOver().checkpoints(), remembered));
    }

    private static Ports appendsBeforeTheirCheckpoints(Ports ports) {
        return ports.with(new TakeOverPorts(
                ports.takeOver().registry(),
                new CheckpointsOver(ports.takeOver().checkpoints()) {
                    @Override
                    public CompletableFuture<Checkpoint> store(Checkpoint checkpoint) {
                        var unused = super.store(checkpoint);
                        return CompletableFuture.completedFuture(checkpoint);
                    }
                },
                ports.takeOver().writtenOffsets()));
    }

    private static Ports onlyTheFirstCheckpoint(Ports ports) {
        return ports.with(new TakeOverPorts(
                ports.takeOver().registry(),
                new CheckpointsOver(ports.takeOver().checkpoints()) {
                    @Override
                    public CompletableFuture<Checkpoint> store(Checkpoint checkpoint) {
                        return checkpoint.rows() == 0
                                ? super.store(checkpoint)
                                : CompletableFuture.completedFuture(checkpoint);
                    }
                },
                ports.takeOver().writtenOffsets()));
    }

    /** An owner that continues in its stream after an unknown answer, regroups its rows, and trusts ALREADY_EXISTS. */
    private static Ports alreadyExistsIsWritten(Ports ports) {
        Map<String, String> mine = new HashMap<>();
        WriteStreams streams = new StreamsOver(ports.streams()) {
            @Override
            public CompletableFuture<String> create(String table) {
                String own = mine.get(table);
                return own != null
                        ? CompletableFuture.completedFuture(own)
                        : super.create(table).whenComplete((stream, failure) -> {
                            if (stream != null) {
                                mine.put(table, stream);
                            }
                        });
            }

            @Override
            public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
                return mine.containsValue(stream)
                        ? CompletableFuture.completedFuture(FinalizedStream.WITHOUT_COUNT)
                        : super.finalizeStream(stream).thenApply(closed -> FinalizedStream.WITHOUT_COUNT);
            }

            @Override
            public StreamConnection connect(String stream) {
                return new Trusting(super.connect(stream));
            }
        };
        return ports.with(streams);
    }

    /** Counts a statement as successful for all of its lanes if it changed one of them. */
    private static Ports anyReplacedLaneCountsForAll(Ports ports) {
        RegistryStatements statements = ports.statements();
        return ports.with(new RegistryStatements() {
            @Override
            public CompletableFuture<Map<LaneKey, Registration>> read(Collection<LaneKey> lanes) {
                return statements.read(lanes);
            }

            @Override
            public CompletableFuture<Map<LaneKey, Boolean>> replace(Map<LaneKey, Change> changes) {
                return statements.replace(changes).thenApply(replaced -> {
                    boolean any = replaced.containsValue(true);
                    Map<LaneKey, Boolean> all = new HashMap<>();
                    changes.keySet().forEach(lane -> all.put(lane, any));
                    return all;
                });
            }
        });
    }

    private record Trusting(StreamConnection connection) implements StreamConnection {
        @Override
        public CompletableFuture<AppendAnswer> append(
                OptionalLong offset, RowFormat format, List<com.google.protobuf.ByteString> rows) {
            return connection
                    .append(offset, format, rows)
                    .thenApply(
                            answer -> answer instanceof AppendAnswer.BelowEnd ? new AppendAnswer.Appended() : answer);
        }

        @Override
        public boolean isOpen() {
            return connection.isOpen();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static class RegistryOver implements StreamRegistry {
        private final StreamRegistry registry;

        RegistryOver(StreamRegistry registry) {
            this.registry = registry;
        }

        LaneKey key(LaneKey lane) {
            return lane;
        }

        @Override
        public CompletableFuture<Registration> read(LaneKey lane) {
            return registry.read(key(lane));
        }

        @Override
        public CompletableFuture<Boolean> replace(LaneKey lane, Registration expected, Registration next) {
            return registry.replace(key(lane), expected, next);
        }
    }

    private static class CheckpointsOver implements StreamCheckpoints {
        private final StreamCheckpoints checkpoints;

        CheckpointsOver(StreamCheckpoints checkpoints) {
            this.checkpoints = checkpoints;
        }

        @Override
        public CompletableFuture<Checkpoint> store(Checkpoint checkpoint) {
            return checkpoints.store(checkpoint);
        }

        @Override
        public CompletableFuture<Long> storeEnd(String stream, long rows, long now) {
            return checkpoints.storeEnd(stream, rows, now);
        }

        @Override
        public CompletableFuture<Optional<StreamEnd>> end(String stream) {
            return checkpoints.end(stream);
        }
    }

    private static final class WithoutCount extends StreamsOver {
        WithoutCount(WriteStreams streams) {
            super(streams);
        }

        @Override
        public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
            return super.finalizeStream(stream).thenApply(closed -> FinalizedStream.WITHOUT_COUNT);
        }
    }

    private static class StreamsOver implements WriteStreams {
        private final WriteStreams streams;

        StreamsOver(WriteStreams streams) {
            this.streams = streams;
        }

        @Override
        public CompletableFuture<String> create(String table) {
            return streams.create(table);
        }

        @Override
        public String defaultStream(String table) {
            return streams.defaultStream(table);
        }

        @Override
        public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
            return streams.finalizeStream(stream);
        }

        @Override
        public StreamConnection connect(String stream) {
            return streams.connect(stream);
        }
    }
}
