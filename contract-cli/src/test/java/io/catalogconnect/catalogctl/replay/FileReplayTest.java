package io.catalogconnect.catalogctl.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.Operator;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileReplayTest {
    private static final String SOURCE = "catalog-source";
    private static final Instant MODIFIED = Instant.parse("2026-11-02T09:00:00Z");
    private static final List<DeliveredObject> BUCKET = List.of(object("2026-11-01"), object("2026-11-02"));

    private static final SourceProgress COVERED = new SourceProgress(List.of(), Map.of(7, MODIFIED));

    private final FakeServices services = new FakeServices();
    private final List<String> progress = new ArrayList<>();
    private final Desired desired;

    FileReplayTest() throws IOException {
        desired = Contracts.catalog();
    }

    @BeforeEach
    void apply() throws Exception {
        new ContractApply(services.services(), new MovableClock(), "ada", step -> {})
                .apply(desired, ContractApply.Options.plain(PlanJson::of));
        services.writes.clear();
        services.progress = new SourceProgress(List.of(read("2026-11-01"), read("2026-11-02")), Map.of());
    }

    @Test
    void sourceIsStoppedForTheOffsetsOnly() throws Exception {
        replay().run(plan(), "1 file of 2026-11-01", Redelivery.NONE);
        assertThat(services.writes)
                .containsExactly(
                        "facts",
                        "log replay begun",
                        "stop connector " + SOURCE,
                        "facts",
                        "set offsets of " + SOURCE,
                        "log replay set",
                        "resume connector " + SOURCE,
                        "log replayed",
                        "facts");
        assertThat(progress)
                .containsExactly(
                        "catalog-source is stopped",
                        "the offsets of 1 file of 2026-11-01 are set",
                        "catalog-source is started");
        assertThat(services.offsetsSet)
                .singleElement()
                .asString()
                .isEqualToIgnoringWhitespace("{\"offsets\": [{\"partition\": {\"object\": \"" + uri("2026-11-01")
                        + "\"}, \"offset\": null}]}");
        assertThat(open()).isEmpty();
    }

    /** The writes of a replay, each of which is the last one before the process is killed, or does not happen any more. */
    @ParameterizedTest
    @CsvSource({
        "log replay begun,          false, false",
        "log replay begun,          true,  true",
        "stop connector,            false, true",
        "stop connector,            true,  true",
        "set offsets of,            false, true",
        "set offsets of,            true,  true",
        "log replay set,            false, true",
        "log replay set,            true,  true",
        "resume connector,          false, true",
        "resume connector,          true,  true",
        "log replayed,              false, true",
        "log replayed,              true,  false"
    })
    void killedReplayIsOpenUntilItIsResumed(String step, boolean hasEffect, boolean isOpen) throws Exception {
        services.killAt(text -> text.startsWith(step), hasEffect);
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(FakeServices.Killed.class);
        services.revive();

        assertThat(open().isPresent()).isEqualTo(isOpen);
        if (isOpen) {
            assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("replay 1 (1 file; begun by ada at 2026-02-01T00:00:00Z) has not ended. End it with"
                            + " --resume, or give it up with --abandon.");
            replay().resume(() -> BUCKET);
            assertThat(services.offsetsSet).isNotEmpty().containsOnly(plan().offsets());
        } else {
            assertThatThrownBy(() -> replay().resume(() -> BUCKET))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("No replay of product-catalog is open.");
        }
        assertThat(open()).isEmpty();
        assertThat(state()).isEqualTo("RUNNING");
        // A source that has read a file again must not read it once more.
        List<String> steps = services.writes.stream()
                .filter(write -> write.endsWith(SOURCE))
                .map(write -> write.substring(0, 3))
                .toList();
        assertThat(String.join(" ", steps)).doesNotContainPattern("set.*res.*set");
    }

    @Test
    void failedStepStartsTheSourceAgainAndLeavesTheReplayOpen() throws Exception {
        services.failAt("set offsets", "Kafka Connect: no.");
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(LiveException.class)
                .hasMessage("Kafka Connect: no. Replay 1 has not ended. Run it again with --resume, or give it up with"
                        + " --abandon.");
        assertThat(state()).isEqualTo("RUNNING");
        assertThat(open()).isPresent();

        services.revive();
        replay().abandon();
        assertThat(open()).isEmpty();
        assertThat(services.offsetsSet).isEmpty();
        assertThat(services.log).extracting(LogEntry::event).endsWith("replay begun", "replay abandoned");
    }

    /** A source that reads before the replay is resumed would send the rows twice. */
    @Test
    void failedStepLeavesTheSourceStoppedIfRowsWouldBeDoubled() throws Exception {
        Desired append = Contracts.desired(Contracts.text("product-catalog"), "local-append");
        // The resources of the other environment have the same names.
        List.of(services.states, services.tables, services.topics, services.connectors)
                .forEach(Map::clear);
        new ContractApply(services.services(), new MovableClock(), "ada", step -> {})
                .apply(append, ContractApply.Options.plain(PlanJson::of));
        AtomicBoolean isDown = new AtomicBoolean();
        services.write = (text, effect) -> {
            effect.run();
            isDown.compareAndSet(false, text.startsWith("set offsets"));
            if (isDown.get()) {
                throw new LiveException("BigQuery: no.", null);
            }
        };
        Replay replay = replay(append, new Operator("ada", false));
        assertThatThrownBy(() -> replay.run(plan(), "1 file", Redelivery.DUPLICATES))
                .isInstanceOf(LiveException.class)
                .hasMessage("BigQuery: no. Replay 1 has not ended, and the source is not started. Run it again with"
                        + " --resume, or give it up with --abandon.");
        assertThat(state()).isEqualTo("STOPPED");

        services.revive();
        replay.resume(() -> BUCKET);
        assertThat(state()).isEqualTo("RUNNING");
    }

    /** The source deletes the offset of a file when a watermark covers it. An offset of null would not be read then. */
    @Test
    void offsetsAreThoseForTheProgressOfTheStoppedSource() throws Exception {
        ReplayPlan plan = plan();
        services.write = (text, effect) -> {
            effect.run();
            if (text.startsWith("stop connector")) {
                services.progress = COVERED;
            }
        };
        replay().run(plan, "1 file", Redelivery.NONE);
        assertThat(services.offsetsSet).containsExactly(startOf(object("2026-11-01")));
    }

    @Test
    void resumedReplayReadsTheProgressAndTheBucketAgain() throws Exception {
        services.failAt("set offsets", "Kafka Connect: no.");
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(LiveException.class);
        services.revive();
        services.progress = COVERED;
        assertThatThrownBy(() -> replay().resume(List::of))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The source does not list " + uri("2026-11-01") + " any more. Give the replay up with"
                        + " --abandon, and begin one of the other files.");
        DeliveredObject corrected = new DeliveredObject(uri("2026-11-01"), "f", 900, MODIFIED, "2026-11-01", 7);
        replay().resume(() -> List.of(corrected, object("2026-11-02")));
        assertThat(services.offsetsSet).containsExactly(startOf(corrected));
        assertThat(open()).isEmpty();
    }

    /** The rows of a contract that replaces files would be doubled by a sink that appends. */
    @Test
    void sinkThatRunsWithAnotherDeliveryIsRefused() throws Exception {
        services.killAt(text -> text.startsWith("stop connector"), true);
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(FakeServices.Killed.class);
        services.revive();
        Desired append = Contracts.desired(Contracts.text("product-catalog"), "local-append");
        services.deploy(append.sink().name(), append.sink().config(), "RUNNING");
        services.writes.clear();
        String refusal = "The connector catalog-sink runs with another delivery than the contract has. ";
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessage(refusal + "Run catalogctl apply first.");
        assertThatThrownBy(() -> replay().resume(() -> BUCKET))
                .isInstanceOf(RefusedException.class)
                .hasMessage(refusal
                        + "Give the replay up with --abandon, run catalogctl apply, and begin the replay again.");
        assertThat(services.writes).isNotEmpty().containsOnly("facts");
        services.deploy(desired.sink().name(), desired.sink().config(), "RUNNING");
        replay().resume(() -> BUCKET);
        assertThat(open()).isEmpty();
    }

    /** Otherwise, somebody who waits for the rows would see a source that is stopped. */
    @Test
    void replayEndsWhenTheSourceIsShownAsStarted() throws Exception {
        services.write = (text, effect) -> {
            effect.run();
            if (text.startsWith("resume connector")) {
                services.oldStates = 2;
            }
            assertThat(text.equals("log replayed") && services.oldStates > 0).isFalse();
        };
        replay().run(plan(), "1 file", Redelivery.NONE);
        assertThat(open()).isEmpty();
    }

    @Test
    void absentConnectorIsRefused() {
        services.connectors.remove(SOURCE);
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The connector catalog-source does not exist. Run catalogctl apply first.");
        assertThat(open()).isEmpty();
    }

    @Test
    void leaseNamesTheCommandThatHasItAndCanBeBroken() {
        Replay first =
                new Replay(desired, services.services(), new MovableClock(), new Operator("ada", false), step -> {
                    if (step.equals("catalog-source is stopped")) {
                        assertThatThrownBy(() -> replay("grace", false).resume(() -> BUCKET))
                                .isInstanceOf(LeaseHeldException.class)
                                .hasMessageStartingWith("The contract is in use: catalogctl replay by ada on ")
                                .hasMessageEndingWith(", since 2026-02-01T00:00:00Z. Wait until it has ended. If it was"
                                        + " killed, its lease ends at 2026-02-01T00:10:00Z. To end it now, run"
                                        + " catalogctl replay with --break-lease.");
                        assertThatCode(() -> replay("grace", true).resume(() -> BUCKET))
                                .doesNotThrowAnyException();
                    }
                });
        // The replay whose lease was broken does not set the offsets once more.
        assertThatThrownBy(() -> first.run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(LeaseHeldException.class)
                .hasMessage("The lease was taken by somebody else. Run the command again.");
        assertThat(services.offsetsSet).hasSize(1);
        assertThat(open()).isEmpty();
        assertThat(state()).isEqualTo("RUNNING");
    }

    @Test
    void wrongSelectionIsRefused() {
        assertRefused(
                new Selection(
                        null,
                        null,
                        Set.of(uri("2026-11-02"), object("2026-11-01").key(), "catalog/typo.csv")),
                "The source lists no file with the name catalog/typo.csv.");
        assertRefused(
                new Selection(null, null, Set.of("b.csv", "a.csv")),
                "The source lists no file with the name a.csv, b.csv.");
        assertRefused(
                new Selection(LocalDate.parse("2026-11-03"), null, Set.of()),
                "The source lists no file of 2026-11-03.");
        services.progress = new SourceProgress(List.of(read("2026-11-01")), Map.of());
        assertRefused(
                new Selection(null, LocalDate.parse("2026-11-02"), Set.of()),
                "The source has not read the files since 2026-11-02 yet. It reads them without a replay.");
    }

    private void assertRefused(Selection selection, String message) {
        assertThatThrownBy(() -> ReplayPlan.select(selection, BUCKET, services.progress))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @Test
    void abandonedReplayLeavesARunningSource() throws Exception {
        services.killAt(text -> text.startsWith("stop connector"), true);
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(FakeServices.Killed.class);
        services.revive();
        assertThat(state()).isEqualTo("STOPPED");
        replay().abandon();
        assertThat(state()).isEqualTo("RUNNING");
        replay().run(plan(), "1 file", Redelivery.NONE);
        assertThat(ReplayLog.next(services.log)).isEqualTo(3);
    }

    /** An apply, which would create the source again, is refused while the replay is open. */
    @Test
    void replayOfASourceThatWasDeletedCanBeAbandoned() throws Exception {
        services.killAt(text -> text.startsWith("stop connector"), true);
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(FakeServices.Killed.class);
        services.revive();
        services.connectors.remove(SOURCE);
        assertThatThrownBy(() -> replay().resume(() -> BUCKET))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "The connector catalog-source does not exist. Give the replay up with --abandon, run catalogctl"
                                + " apply, and begin the replay again.");
        replay().abandon();
        assertThat(open()).isEmpty();
    }

    @Test
    void contractThatWasNotAppliedIsRefused() {
        services.states.clear();
        assertThatThrownBy(() -> replay().run(plan(), "1 file", Redelivery.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessage("product-catalog was not applied here. Run catalogctl apply first.");
    }

    @Test
    void filesAreSelectedByDateOrName() {
        assertThat(names(new Selection(LocalDate.parse("2026-11-01"), null, Set.of())))
                .containsExactly("2026-11-01");
        assertThat(names(new Selection(null, LocalDate.parse("2026-11-01"), Set.of())))
                .containsExactly("2026-11-01", "2026-11-02");
        assertThat(names(new Selection(null, LocalDate.parse("2026-11-03"), Set.of())))
                .isEmpty();
        assertThat(names(new Selection(null, null, Set.of(uri("2026-11-02"))))).containsExactly("2026-11-02");
        assertThat(names(new Selection(null, null, Set.of("catalog/dt=2026-11-02/products.csv"))))
                .containsExactly("2026-11-02");
    }

    @Test
    void fileThatTheSourceHasNotStartedIsLeftOut() {
        services.progress = new SourceProgress(List.of(read("2026-11-01")), Map.of());
        ReplayPlan plan =
                ReplayPlan.of(new Selection(null, LocalDate.parse("2026-11-01"), Set.of()), BUCKET, services.progress);
        assertThat(plan.objects()).containsExactly(object("2026-11-01"));
        assertThat(plan.unread()).containsExactly(object("2026-11-02"));
        assertThat(plan.size()).isEqualTo("1 file, 1000 bytes");
    }

    /** Without an offset, the watermark would say that it is read. */
    @Test
    void fileThatAWatermarkCoversGetsTheOffsetOfItsFirstByte() {
        ReplayPlan plan = ReplayPlan.of(
                new Selection(LocalDate.parse("2026-11-01"), null, Set.of()),
                BUCKET,
                new SourceProgress(List.of(), Map.of(7, MODIFIED)));
        assertThat(plan.offsets())
                .isEqualToIgnoringWhitespace("{\"offsets\": [{\"partition\": {\"object\": \"" + uri("2026-11-01")
                        + "\"}, \"offset\": {\"v\": 1, \"etag\": \"e\", \"size\": 1000, \"lm\": "
                        + MODIFIED.toEpochMilli() + ", \"byte\": 0, \"row\": 0, \"st\": \"open\"}}]}");
    }

    @Test
    void modesThatDoNotReplaceFilesNeedConsent() throws Exception {
        assertThat(Redelivery.of(desired.sink().config()).refusal(desired, plan(), FileReplayTest::sqlName))
                .isEmpty();
        Desired append = Contracts.desired(Contracts.text("product-catalog"), "local-append");
        assertThat(Redelivery.of(append.sink().config())).hasToString("duplicates");
        String twice = "With delivery: append, the rows of these files would be in the tables twice. ";
        String statements = twice
                + "Delete them first, and run the command again with --accept duplicates:%n"
                + "  DELETE FROM `p.d.products_raw` WHERE %1$s%n"
                + "  DELETE FROM `p.d.products_team_a` WHERE %1$s%n"
                + "  DELETE FROM `p.d.products_team_b` WHERE %1$s";
        ReplayPlan file = ReplayPlan.of(
                new Selection(null, null, Set.of(object("2026-11-01").key())), BUCKET, services.progress);
        String ofTheFile = "`_s3_key` IN (\"" + object("2026-11-01").key() + "\")";
        assertThat(Redelivery.of(append.sink().config()).refusal(append, plan(), FileReplayTest::sqlName))
                .hasValue(statements.formatted(ofTheFile));
        assertThat(Redelivery.of(append.sink().config()).refusal(append, file, FileReplayTest::sqlName))
                .hasValue(statements.formatted(ofTheFile));

        // Without the column, a statement for a single file would delete the rows of other files.
        Desired unnamed = Contracts.desired(
                Contracts.replaced(
                        Contracts.text("product-catalog"), "{from: \"header:s3.key\"}", "{from: \"header:s3.etag\"}"),
                "local-append");
        assertThat(Redelivery.of(unnamed.sink().config()).refusal(unnamed, plan(), FileReplayTest::sqlName))
                .hasValue(statements.formatted("`catalog_date` IN (\"2026-11-01\")"));
        assertThat(Redelivery.of(unnamed.sink().config()).refusal(unnamed, file, FileReplayTest::sqlName))
                .hasValue(twice + "No column names their file, so they cannot be deleted without the rows of other"
                        + " files. Give the tables a column with the key (header:s3.key) or the date (fileDate) of the"
                        + " file. With a column for the date, whole dates can be replayed (--date, --since).");

        // The tables of the orders are partitioned by another column than the date of the file.
        Desired orders = Contracts.desired(Contracts.text("orders"), "local");
        assertThat(Redelivery.of(orders.sink().config())
                        .refusal(orders, plan(), FileReplayTest::sqlName)
                        .orElse(""))
                .contains("DELETE FROM `p.d.orders` WHERE `file_date` IN (\"2026-11-01\")")
                .doesNotContain("ordered_at");
    }

    /** BigQuery refuses a statement without a condition for the partition. */
    @Test
    void rowsOfATableThatNeedsAFilterAreDeletedWithOne() throws Exception {
        Desired append = Contracts.desired(Contracts.filtered(), "local-append");
        assertThat(Redelivery.DUPLICATES
                        .refusal(append, plan(), FileReplayTest::sqlName)
                        .orElse(""))
                .contains("  DELETE FROM `p.d.products_raw` WHERE `_s3_key` IN (\""
                        + object("2026-11-01").key()
                        + "\") AND (`catalog_date` >= DATE '0001-01-01' OR `catalog_date` IS"
                        + " NULL)");
    }

    @Test
    void rowsOfUpsertModeNeedAVersionColumn() throws Exception {
        Desired upsert = Contracts.desired(
                Contracts.replaced(
                        Contracts.text("product-catalog"),
                        "value: {delivery: append, location: \"${env:CATALOG_BIGQUERY_LOCATION}\"",
                        "value: {delivery: append, settings: {write.mode: upsert, upsert.key.source: value,"
                                + " upsert.key.columns: brand}, location:"
                                + " \"${env:CATALOG_BIGQUERY_LOCATION}\""),
                "cluster");
        assertThat(Redelivery.of(upsert.sink().config()).refusal(upsert, plan(), FileReplayTest::sqlName))
                .hasValue("With write.mode=upsert and without upsert.version.column, rows of these files replace newer"
                        + " rows with the same key. --accept older-values runs the replay.");
    }

    @Test
    void planOfANewTableOrRuleNamesItsReplay() throws Exception {
        Desired changed = Contracts.withTeamC("version: 1.2.0", "version: 1.3.0");
        String replay = "To change that, run after apply: catalogctl replay c.yaml --env local --since ";
        assertThat(advice(changed, () -> BUCKET))
                .containsExactly("Rows of earlier files are not in products_team_c. " + replay
                        + "2026-11-01 (2 files, 2000 bytes)");
        assertThat(advice(changed, () -> {
                    throw new LiveException("No access.", null);
                }))
                .containsExactly("Rows of earlier files are not in products_team_c. " + replay + "YYYY-MM-DD");
        assertThat(advice(changed, List::of)).isEmpty();
        Desired rule = Contracts.catalog(
                "version: 1.2.0", "version: 1.3.0", "year_release > 2000 &&", "year_release > 2010 &&");
        assertThat(advice(rule, () -> BUCKET))
                .containsExactly("Rows of earlier files stay as the earlier rules have selected them. " + replay
                        + "2026-11-01 (2 files, 2000 bytes)");
        assertThat(advice(desired, () -> BUCKET)).isEmpty();
        services.states.clear();
        assertThat(advice(changed, () -> BUCKET)).isEmpty();
    }

    private static String sqlName(String table) {
        return "`p.d." + table + "`";
    }

    private List<String> advice(Desired changed, Bucket bucket) throws InterruptedException {
        Plan plan = Planner.plan(changed, LiveReader.read(changed, services.services()), false);
        return ReplayAdvice.of(
                plan,
                services.services().facts().log(changed.contractId(), changed.environment()),
                "c.yaml --env local",
                bucket,
                services.services().workers());
    }

    private Optional<ReplayLog.OpenReplay> open() {
        return ReplayLog.open(services.log);
    }

    private String state() {
        return Objects.requireNonNull(services.connectors.get(SOURCE))
                .status()
                .connector()
                .state();
    }

    private Replay replay() {
        return replay("ada", false);
    }

    private Replay replay(String who, boolean breaksLease) {
        return replay(desired, new Operator(who, breaksLease));
    }

    private Replay replay(Desired contract, Operator operator) {
        return new Replay(contract, services.services(), new MovableClock(), operator, progress::add);
    }

    private ReplayPlan plan() {
        return ReplayPlan.of(new Selection(LocalDate.parse("2026-11-01"), null, Set.of()), BUCKET, services.progress);
    }

    /** The request after which a source reads a covered file. */
    private static String startOf(DeliveredObject object) {
        return ReplayOffsets.request(List.of(object), COVERED);
    }

    private List<String> names(Selection selection) {
        return ReplayPlan.of(selection, BUCKET, services.progress).objects().stream()
                .map(DeliveredObject::date)
                .toList();
    }

    private static DeliveredObject object(String date) {
        return new DeliveredObject(uri(date), "e", 1000, MODIFIED, date, 7);
    }

    private static ObjectProgress read(String date) {
        return new ObjectProgress(uri(date), "e", 1000, 1000, MODIFIED, 200, 0, true);
    }

    private static String uri(String date) {
        return "s3://catalog/catalog/dt=" + date + "/products.csv";
    }
}
