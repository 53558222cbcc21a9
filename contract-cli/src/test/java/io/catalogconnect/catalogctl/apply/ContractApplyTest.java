package io.catalogconnect.catalogctl.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.PlanText;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.plan.ReviewedPlan;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TopicSpec;
import io.catalogconnect.testkit.MovableClock;
import io.catalogconnect.toolkit.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContractApplyTest {
    private static final ContractApply.Options PLAIN = ContractApply.Options.plain(PlanJson::of);

    private static final Startup.Times AT_ONCE =
            new Startup.Times(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-28T12:00:00Z"));
    private FakeServices services = new FakeServices();

    /**
     * An apply that is killed at its nth write, before or after the write takes effect, is completed by the next one, also if only
     * the plan of the first one may be applied.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applyThatIsKilledAtAnyWriteIsCompletedByTheNext(boolean isEffective) throws Exception {
        apply(cluster());
        String complete = services.picture();
        int writes = services.writes.size();
        assertThat(writes).isGreaterThan(30);
        for (int n = 0; n < writes; n++) {
            services = new FakeServices();
            ContractApply.Options reviewed = reviewed(plan(cluster()));
            services.killAtWrite(n, isEffective);
            assertThatThrownBy(() -> apply(cluster(), "ada", reviewed)).isInstanceOf(FakeServices.Killed.class);
            services.revive();
            endOfLease();
            apply(cluster(), "ada", reviewed);
            assertThat(services.picture()).as("killed at write " + n).isEqualTo(complete);
            assertThat(plan(cluster()).changes()).isEmpty();
        }
    }

    /** As above, for an apply that changes an existing product. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changeThatIsKilledAtAnyWriteIsCompletedByTheNext(boolean isEffective) throws Exception {
        Desired next = cluster(
                "version: 1.2.0", "version: 1.3.0", "retention: 7d", "retention: 8d", "group:team-b@", "group:team-c@");
        apply(cluster());
        services.writes.clear();
        apply(next);
        String complete = services.picture();
        int writes = services.writes.size();
        assertThat(writes).isGreaterThan(12);
        for (int n = 0; n < writes; n++) {
            services = new FakeServices();
            apply(cluster());
            services.writes.clear();
            ContractApply.Options reviewed = reviewed(plan(next));
            services.killAtWrite(n, isEffective);
            assertThatThrownBy(() -> apply(next, "ada", reviewed)).isInstanceOf(FakeServices.Killed.class);
            services.revive();
            endOfLease();
            apply(next, "ada", reviewed);
            assertThat(services.picture()).as("killed at write " + n).isEqualTo(complete);
        }
    }

    /** Options of an apply that may only make the changes of a plan. */
    private static ContractApply.Options reviewed(Plan plan) {
        ReviewedPlan reviewed = ReviewedPlan.of(plan);
        return new ContractApply.Options(
                false,
                false,
                Set.of(),
                now -> reviewed.unconfirmed(now).stream().findFirst(),
                PlanJson::of);
    }

    private Plan plan(Desired desired) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services.services()), false);
    }

    /** The environment in which the contract has resources of every kind. */
    private static Desired cluster(String... replacements) throws IOException {
        return Contracts.desired(Contracts.replaced(Contracts.text("product-catalog"), replacements), "cluster");
    }

    private void endOfLease() {
        clock.advance(Duration.ofMinutes(11));
    }

    /** Each write fails once; the services work again for the next apply. */
    @Test
    void applyWhoseWriteFailsReportsItAndIsCompletedByTheNext() throws Exception {
        apply(Contracts.catalog());
        String complete = services.picture();
        List<String> writes = services.writes.stream()
                .filter(text -> text.startsWith("create") || text.startsWith("resume"))
                .toList();
        assertThat(writes).hasSize(11);
        for (String failing : writes) {
            services = new FakeServices();
            services.write = (text, effect) -> {
                if (text.equals(failing)) {
                    throw new LiveException("no answer", null);
                }
                effect.run();
            };
            ApplyReport report = apply(Contracts.catalog());
            assertThat(report.failures()).as(failing).hasSize(1);
            assertThat(report.isComplete()).isFalse();
            assertThat(services.log).extracting(LogEntry::event).containsExactly("begun", "failed");
            services.revive();
            assertThat(apply(Contracts.catalog()).isComplete()).as(failing).isTrue();
            assertThat(services.picture()).as(failing).isEqualTo(complete);
        }
    }

    @Test
    void failureOfATopicKeepsConnectorsAwayButNotOtherTopics() throws Exception {
        services.failAt("create topic products.team-a", "Kafka at k does not answer.");
        ApplyReport report = apply(Contracts.catalog());
        assertThat(services.topics).containsOnlyKeys("products.events", "products.raw", "products.team-b");
        assertThat(services.connectors).isEmpty();
        assertThat(report.left()).hasSize(2);
        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).isEqualTo("Kafka at k does not answer."));
    }

    @Test
    void secondApplyIsRefusedWhileTheFirstRuns() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        services.write = (text, effect) -> {
            effect.run();
            if (text.equals("create table products_raw")) {
                assertThatThrownBy(() -> apply(Contracts.catalog(), "grace", PLAIN))
                        .isInstanceOf(LeaseHeldException.class)
                        .hasMessageStartingWith("The contract is in use: catalogctl apply by ada on ")
                        .hasMessageEndingWith(
                                ", since 2026-11-28T12:00:00Z. Wait until it has ended. If it was killed,"
                                        + " its lease ends at 2026-11-28T12:10:00Z. To end it now, run catalogctl apply with --break-lease.");
                refused.incrementAndGet();
            }
        };
        assertThat(apply(Contracts.catalog()).isComplete()).isTrue();
        assertThat(refused).hasValue(1);
    }

    @Test
    void leaseEndsAfterTenMinutesOrIsBroken() throws Exception {
        hold("bob@elsewhere process 1 started 5");
        clock.advance(Duration.ofMinutes(9));
        assertThatThrownBy(() -> apply(Contracts.catalog())).isInstanceOf(LeaseHeldException.class);
        assertThat(apply(
                                Contracts.catalog(),
                                "ada",
                                new ContractApply.Options(
                                        false, true, Set.of(), plan -> Optional.empty(), PlanJson::of))
                        .isComplete())
                .isTrue();
        hold("bob@elsewhere process 1 started 5");
        clock.advance(Duration.ofMinutes(10));
        assertThat(apply(Contracts.catalog()).isComplete()).isTrue();
    }

    @Test
    void leaseOfAProcessThatHasEndedIsFree() throws Exception {
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ended.waitFor();
        Holder own = Holder.current("apply", "ada");
        ProcessIdentity process = new ProcessIdentity(ended.pid(), own.process().started());
        hold(new Holder("ada", own.host(), process).toString());
        assertThat(apply(Contracts.catalog()).isComplete()).isTrue();
        hold(new Holder("ada", own.host(), own.process()).toString());
        assertThatThrownBy(() -> apply(Contracts.catalog(), "grace", PLAIN)).isInstanceOf(LeaseHeldException.class);
    }

    @Test
    void applyStopsWhenItsLeaseIsTaken() throws Exception {
        services.write = (text, effect) -> {
            effect.run();
            if (text.equals("create table products_raw")) {
                clock.advance(Duration.ofMinutes(2));
                hold("bob@elsewhere process 1 started 5");
            }
        };
        ApplyReport report = apply(Contracts.catalog());
        assertThat(report.done()).hasSize(1);
        assertThat(report.left()).hasSize(8);
        assertThat(report.interruption()).hasValue("The lease was taken by somebody else. Run the command again.");
        assertThat(services.tables).containsOnlyKeys("products_raw");
    }

    /** The services end to accept facts when all changes are made; the changes are reported, and the next apply records them. */
    @ParameterizedTest
    @ValueSource(strings = {"log applied", "facts"})
    void resultThatCannotBeRecordedIsReportedAndRecordedByTheNext(String failing) throws Exception {
        AtomicBoolean isLast = new AtomicBoolean();
        services.write = (text, effect) -> {
            if (isLast.get() && text.equals(failing)) {
                throw new LiveException("BigQuery does not answer.", null);
            }
            effect.run();
            if (text.equals("resume connector catalog-source")) {
                isLast.set(true);
            }
        };
        ApplyReport report = apply(Contracts.catalog());
        assertThat(report.isComplete()).isFalse();
        assertThat(report.hasTried()).isTrue();
        assertThat(report.counts()).isEqualTo("3 tables, 4 topics, 2 connectors created");
        assertThat(report.interruption()).hasValue("The result is not recorded: BigQuery does not answer.");
        services.revive();
        endOfLease();
        assertThat(apply(Contracts.catalog()).counts()).isEqualTo("nothing had to be changed");
        assertThat(services.log).extracting(LogEntry::event).endsWith("begun", "applied");
        assertThat(services.states.values())
                .singleElement()
                .satisfies(state -> assertThat(state.version()).isEqualTo("1.2.0"))
                .satisfies(state -> assertThat(state.holder()).isEmpty());
    }

    @Test
    void changesBeforeALostLeaseAreReported() throws Exception {
        services.write = (text, effect) -> {
            if (text.equals("facts") && !services.tables.isEmpty()) {
                throw new LiveException("BigQuery does not answer.", null);
            }
            effect.run();
            if (text.equals("create table products_raw")) {
                clock.advance(Duration.ofMinutes(2));
            }
        };
        ApplyReport report = apply(Contracts.catalog());
        assertThat(report.counts()).isEqualTo("1 table created; 8 left");
        assertThat(report.interruption()).hasValue("The lease could not be renewed: BigQuery does not answer.");
        assertThat(services.connectors).isEmpty();
    }

    /** A replay that was killed has stopped the source. Only the replay may start it: the source might read files twice. */
    @Test
    void sourceOfAnOpenReplayIsNotStarted() throws Exception {
        Desired desired = Contracts.catalog();
        apply(desired);
        services.deploy("catalog-source", desired.source().config(), "STOPPED");
        services.log.add(replay(desired, ReplayLog.BEGUN));
        services.writes.clear();
        assertThatThrownBy(() -> apply(desired))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The plan contains resources that must not be changed.");
        assertThat(services.writes).isNotEmpty().allMatch(write -> write.equals("facts"));
        assertThat(PlanText.of(plan(desired), "local"))
                .contains("  ! connector catalog-source              replay 1 (1 file; begun by grace at"
                        + " 2026-11-28T12:00:00Z) has not ended. catalogctl replay --resume ends it, --abandon gives it"
                        + " up.");
        services.log.add(replay(desired, ReplayLog.ENDED));
        assertThat(apply(desired).counts()).isEqualTo("1 connector restored");
    }

    private LogEntry replay(Desired desired, String event) {
        return new LogEntry(
                desired.contractId(),
                desired.environment(),
                1,
                event,
                clock.instant(),
                "grace",
                desired.version(),
                desired.version(),
                "1 file",
                "{}",
                "");
    }

    private void hold(String holder) {
        Desired desired;
        try {
            desired = Contracts.catalog();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String key = desired.contractId() + " local";
        ContractState state =
                services.states.getOrDefault(key, ContractState.none(desired.contractId(), desired.environment()));
        services.states.put(key, state.heldBy(holder, clock.instant()));
    }

    /** Connect reports the failure of the old task for some time after the configuration was changed. */
    @Test
    void failureOfTheOldTaskIsNotThatOfTheNew() throws Exception {
        Desired next = withFailedSource();
        whenSourceIsConfigured(() -> services.oldStates = 3);
        assertThat(apply(next).counts()).isEqualTo("3 tables, 2 connectors changed");
        assertThat(services.oldStates).isZero();
        assertThat(services.writes).doesNotContain("restart connector catalog-source");
    }

    @Test
    void taskThatConnectDoesNotReplaceIsRestarted() throws Exception {
        Desired next = withFailedSource();
        whenSourceIsConfigured(() -> services.oldStates = Integer.MAX_VALUE);
        assertThat(apply(next, AT_ONCE).counts()).isEqualTo("3 tables, 2 connectors changed");
        assertThat(services.writes).containsOnlyOnce("restart connector catalog-source");
    }

    @Test
    void failureThatStaysAfterTheGraceAndTheRestartIsReported() throws Exception {
        Desired next = withFailedSource();
        whenSourceIsConfigured(
                () -> services.deployFailed("catalog-source", next.source().config(), "a.B: old"));
        assertThat(apply(next, AT_ONCE).failures())
                .extracting(ApplyReport.Failure::message)
                .containsExactly("Connector catalog-source has failed: a.B: old");
        assertThat(services.writes).containsOnlyOnce("restart connector catalog-source");
    }

    @Test
    void newFailureIsReportedAtOnce() throws Exception {
        Desired next = withFailedSource();
        whenSourceIsConfigured(() -> {
            services.oldStates = 2;
            services.deployFailed("catalog-source", next.source().config(), "a.B: new");
        });
        assertThat(apply(next).failures())
                .extracting(ApplyReport.Failure::message)
                .containsExactly("Connector catalog-source has failed: a.B: new");
        assertThat(services.oldStates).isZero();
        assertThat(services.writes).doesNotContain("restart connector catalog-source");
    }

    /** Connect reports that the old tasks run for some time after the configuration was changed. */
    @Test
    void failureOfNewTasksIsReportedAfterTheOldOnesWereSeenRunning() throws Exception {
        Desired next = withRunningSource();
        whenSourceIsConfigured(() -> {
            services.oldStates = 3;
            services.deployFailed("catalog-source", next.source().config(), "a.B: new");
        });
        assertThat(apply(next).failures())
                .extracting(ApplyReport.Failure::message)
                .containsExactly("Connector catalog-source has failed: a.B: new");
        assertThat(services.oldStates).isZero();
    }

    /** Connect does not restart tasks whose configuration stays the same. */
    @Test
    void tasksThatAlwaysRunAreTheNewOnesAfterSomeTime() throws Exception {
        Desired next = withRunningSource();
        whenSourceIsConfigured(() -> services.oldStates = Integer.MAX_VALUE);
        assertThat(apply(next, AT_ONCE).counts()).isEqualTo("3 tables, 2 connectors changed");
    }

    private void whenSourceIsConfigured(Runnable event) {
        services.write = (text, effect) -> {
            effect.run();
            if (text.equals("configure connector catalog-source")) {
                event.run();
            }
        };
    }

    /** Applies a contract whose source then fails, and returns the next version of it. */
    private Desired withRunningSource() throws Exception {
        apply(Contracts.catalog());
        services.writes.clear();
        return Contracts.catalog("version: 1.2.0", "version: 1.2.1");
    }

    private Desired withFailedSource() throws Exception {
        Desired desired = Contracts.catalog();
        apply(desired);
        services.deployFailed("catalog-source", desired.source().config(), "a.B: old");
        services.writes.clear();
        return Contracts.catalog("version: 1.2.0", "version: 1.2.1");
    }

    @Test
    void planThatIsRefusedChangesNothing() {
        services.topics.put("products.raw", new TopicSpec("products.raw", 3, 1, Map.of()));
        assertThatThrownBy(() -> apply(Contracts.catalog()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The plan contains resources that must not be changed.");
        assertThat(services.tables).isEmpty();
        assertThat(Objects.requireNonNull(services.states.values().iterator().next())
                        .holder())
                .isEmpty();
        assertThat(services.log).isEmpty();
    }

    @Test
    void adoptedResourcesBecomeTheContracts() throws Exception {
        services.topics.put("products.raw", new TopicSpec("products.raw", 3, 1, Map.of("retention.ms", "1")));
        apply(
                Contracts.catalog(),
                "ada",
                new ContractApply.Options(true, false, Set.of(), plan -> Optional.empty(), PlanJson::of));
        assertThat(Objects.requireNonNull(services.topics.get("products.raw")).config())
                .containsEntry("retention.ms", "604800000");
        assertThat(plan(Contracts.catalog()).changes()).isEmpty();
    }

    /** The plan is repeated under the lease: somebody has changed a topic since it was confirmed. */
    @Test
    void changeThatWasNotConfirmedIsRefused() throws Exception {
        Desired desired = Contracts.catalog();
        apply(desired);
        ContractApply.Options reviewed = reviewed(plan(desired));
        services.topics.put("products.raw", new TopicSpec("products.raw", 3, 1, Map.of("retention.ms", "1")));
        services.writes.clear();
        assertThatThrownBy(() -> apply(desired, "ada", reviewed))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "drift topic products.raw: cleanup.policy delete, live (none), retention.ms 604800000, live 1");
        assertThat(services.writes).allMatch(write -> write.equals("facts"));
    }

    @Test
    void logTellsWhoAppliedWhat() throws Exception {
        apply(Contracts.catalog());
        apply(Contracts.catalog("version: 1.2.0", "version: 1.2.1"));
        assertThat(services.log)
                .extracting(LogEntry::apply, LogEntry::event, LogEntry::who, LogEntry::fromVersion, LogEntry::toVersion)
                .containsExactly(
                        tuple(1L, "begun", "ada", "", "1.2.0"),
                        tuple(1L, "applied", "ada", "", "1.2.0"),
                        tuple(2L, "begun", "ada", "1.2.0", "1.2.1"),
                        tuple(2L, "applied", "ada", "1.2.0", "1.2.1"));
        assertThat(services.log.get(1).what()).isEqualTo("3 tables, 4 topics, 2 connectors created");
        assertThat(services.log.get(3).text())
                .isEqualTo(Contracts.catalog("version: 1.2.0", "version: 1.2.1").text());
    }

    private ApplyReport apply(Desired desired, Startup.Times times) throws Exception {
        return new ContractApply(services.services(), clock, "ada", step -> {}, times).apply(desired, PLAIN);
    }

    private ApplyReport apply(Desired desired) throws Exception {
        return apply(desired, "ada", PLAIN);
    }

    private ApplyReport apply(Desired desired, String who, ContractApply.Options options) throws Exception {
        return new ContractApply(services.services(), clock, who, step -> {}).apply(desired, options);
    }
}
