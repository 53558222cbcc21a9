package io.catalogconnect.catalogctl.retire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.Operator;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.render.PrimaryKey;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Team B leaves the product catalogue: its table and its topic are left behind. */
final class RetirementTest {
    private static final String TABLE = "products_team_b";
    private static final String HISTORY = TABLE + "_history";
    private static final String TOPIC = "products.team-b";

    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final MovableClock clock = new MovableClock(START);
    private FakeServices services = new FakeServices();
    private final List<String> progress = new ArrayList<>();

    private final Desired without;

    RetirementTest() throws IOException {
        without = withoutTeamB();
    }

    @BeforeEach
    void teamBLeaves() throws Exception {
        apply(Contracts.catalog());
        services.writes.clear();
        apply(without);
    }

    @Test
    void applyDeletesNothing() throws Exception {
        assertThat(services.writes).isNotEmpty().noneMatch(write -> write.startsWith("delete"));
        assertThat(services.tables).containsKey(TABLE);
        assertThat(services.topics).containsKey(TOPIC);
        assertThat(Planner.plan(without, LiveReader.read(without, services.services()), false)
                        .orphans())
                .isEqualTo(retirement(without).orphans())
                .extracting(Object::toString)
                .containsExactly("table " + TABLE, "topic " + TOPIC);
    }

    /** Otherwise the sink would take the records of a product that is created again for written. */
    @Test
    void recordsOfTheSinkAboutADeletedTableAreRemovedAfterIt() throws Exception {
        services.writes.clear();
        retirement(without).delete(Set.of(TABLE));
        assertThat(services.writes)
                .containsSubsequence(
                        "delete table " + TABLE, "forget writes to " + TABLE + " and [" + HISTORY + "]", "log retired");
    }

    @Test
    void namedResourcesAreDeletedAndForgotten() throws Exception {
        services.tables.put(HISTORY, labelled(Map.of()));
        services.writes.clear();
        retirement(without).delete(Set.of(TABLE, TOPIC));
        assertThat(services.writes)
                .filteredOn(write -> write.startsWith("delete"))
                .containsExactly("delete topic " + TOPIC, "delete table " + HISTORY, "delete table " + TABLE);
        assertThat(progress).containsExactly("- topic " + TOPIC, "- table " + TABLE);
        assertThat(services.tables).containsOnlyKeys("products_raw", "products_team_a");
        assertThat(retirement(without).orphans()).isEmpty();
        assertThat(services.services().facts().log(without.contractId(), "local"))
                .filteredOn(entry -> entry.event().equals("retired"))
                .extracting(LogEntry::what)
                .containsExactly("topic " + TOPIC, "table " + TABLE);
        assertThat(services.states.values())
                .allSatisfy(state -> assertThat(state.holder()).isEmpty());
    }

    /** Another team has a table whose name is that of a history. */
    @Test
    void tableThatIsNotARecordedHistoryIsKept() throws Exception {
        services = new FakeServices();
        services.tables.put(
                HISTORY,
                new TableSpec(HISTORY, "", List.of(), "none", "", 0, false, List.of(), PrimaryKey.NONE, Map.of()));
        teamBLeaves();
        assertThat(retirement(without).delete(Set.of(TABLE))).isEmpty();
        assertThat(services.tables).containsKey(HISTORY).doesNotContainKey(TABLE);
        assertThat(services.writes).contains("forget writes to " + TABLE + " and []");
        assertThat(progress)
                .containsExactly(
                        "table " + HISTORY + " is kept: the facts do not say that it is the history of " + TABLE
                                + ". If it is, delete it by hand, and also the rows with its name in the table"
                                + " _catalog_connect_streams.",
                        "- table " + TABLE);
    }

    /** The sink replaced no table when the table was left behind. */
    @Test
    void historyOfATableThatWasAppendedToIsKept() throws Exception {
        services = new FakeServices();
        String[] append = {"delivery: replace ", "delivery: append "};
        apply(Contracts.catalog(append));
        Desired replaced = withoutTeamB();
        apply(withoutTeamB(append));
        services.tables.put(HISTORY, labelled(Map.of()));
        assertThat(retirement(replaced).delete(Set.of(TABLE))).isEmpty();
        assertThat(services.tables).containsKey(HISTORY).doesNotContainKey(TABLE);
    }

    /** The contract changes from replace to append, with other tables. */
    @Test
    void historyIsDeletedWithItsTableAlsoIfTheSinkReplacesNoTableNow() throws Exception {
        services.tables.put(HISTORY, labelled(Map.of()));
        Desired append = withoutTeamB("delivery: replace ", "delivery: append ");
        assertThat(retirement(append).delete(Set.of(TABLE))).isEmpty();
        assertThat(services.tables).doesNotContainKeys(HISTORY, TABLE);
        assertThat(progress).containsExactly("- table " + TABLE);
    }

    @Test
    void recordedHistoryThatIsTheTableOfAContractNowIsKept() throws Exception {
        services.tables.put(HISTORY, labelled(Map.of("contract", "other")));
        assertThat(retirement(without).delete(Set.of(TABLE))).isEmpty();
        assertThat(services.tables).containsKey(HISTORY).doesNotContainKey(TABLE);
        assertThat(progress)
                .containsExactly(
                        "table " + HISTORY + " is kept: it carries the mark of a contract.", "- table " + TABLE);
    }

    /** Earlier versions have not recorded histories. The next apply records those of the tables that the contract still has. */
    @Test
    void historyThatAnEarlierVersionHasNotRecordedIsKeptUntilAnApplyRecordsIt() throws Exception {
        services = new FakeServices();
        apply(Contracts.catalog());
        services.states.replaceAll((key, state) -> {
            Map<ResourceKey, Map<String, String>> resources = new TreeMap<>();
            state.resources().forEach((resource, attributes) -> {
                Map<String, String> others = new TreeMap<>(attributes);
                others.remove("histories");
                resources.put(resource, others);
            });
            return state.withResources(resources);
        });
        services.tables.put(HISTORY, labelled(Map.of()));
        ContractState earlier = services.states.get(without.contractId() + " local");
        apply(without);
        assertThat(retirement(without).delete(Set.of(TABLE))).isEmpty();
        assertThat(services.tables).containsKey(HISTORY).doesNotContainKey(TABLE);
        assertThat(progress).first().asString().startsWith("table " + HISTORY + " is kept: the facts do not say");

        services = new FakeServices();
        apply(Contracts.catalog());
        services.states.put(without.contractId() + " local", Objects.requireNonNull(earlier));
        services.tables.put(HISTORY, labelled(Map.of()));
        assertThat(Planner.plan(Contracts.catalog(), LiveReader.read(Contracts.catalog(), services.services()), false)
                        .changes())
                .isEmpty();
        apply(Contracts.catalog());
        apply(without);
        assertThat(retirement(without).delete(Set.of(TABLE))).isEmpty();
        assertThat(services.tables).doesNotContainKeys(HISTORY, TABLE);
    }

    @Test
    void resourceThatIsNotLeftBehindIsRefusedAndNothingIsDeleted() {
        services.writes.clear();
        assertThatThrownBy(() -> retirement(without).delete(Set.of("products_team_a", TABLE)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("'products_team_a' is not a resource that the contract has left behind. These are: table "
                        + TABLE + ", topic " + TOPIC + ".");
        assertThat(services.writes).isEmpty();
    }

    /** The connectors still write to the table before the contract without it is applied. */
    @Test
    void resourceThatAConnectorUsesIsRefused() throws Exception {
        FakeServices earlier = new FakeServices();
        new ContractApply(earlier.services(), clock, "ada", step -> {}).apply(Contracts.catalog(), options());
        earlier.writes.clear();
        Retirement retirement =
                new Retirement(without, earlier.services(), clock, new Operator("ada", false), progress::add);
        assertThatThrownBy(() -> retirement.delete(Set.of(TABLE, TOPIC)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("topic " + TOPIC + " is not deleted: the connector catalog-")
                .hasMessageContaining("table " + TABLE + " is not deleted: the connector catalog-sink uses it. Apply");
        assertThat(earlier.writes).isEmpty();
    }

    /** Both contracts have a table of this name, and one Connect cluster. */
    @ParameterizedTest
    @CsvSource({
        "p, other, false",
        "other, d, false",
        "p, d, true",
        "p, ${env:CATALOG_BIGQUERY_DATASET}, true",
        "${env:UNKNOWN}, d, true",
        "${env:UNKNOWN}, other, false"
    })
    void connectorUsesATableOnlyInItsOwnDataset(String project, String dataset, boolean uses) throws Exception {
        Map<String, String> config = Map.of(
                "contract.id",
                "another",
                "tables",
                "another.topic:" + TABLE,
                "bigquery.project",
                project,
                "bigquery.dataset",
                dataset);
        services.deploy("another-sink", config, "RUNNING");
        Retirement retirement = retirement(without);
        if (uses) {
            assertThatThrownBy(() -> retirement.delete(Set.of(TABLE)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("table " + TABLE + " is not deleted: the connector another-sink uses it.");
        } else {
            assertThat(retirement.delete(Set.of(TABLE))).isEmpty();
        }
        assertThat(services.tables.containsKey(TABLE)).isEqualTo(uses);
    }

    @Test
    void tableWithTheMarkOfAnotherContractIsRefused() {
        services.tables.put(TABLE, labelled(Map.of("contract", "other")));
        assertThatThrownBy(() -> retirement(without).delete(Set.of(TABLE)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("table " + TABLE + " is not deleted: it does not carry the mark of this contract.");
    }

    @Test
    void tableOfAnotherEnvironmentIsRefused() {
        services.tables.put(
                TABLE, labelled(Map.of("contract", without.contractId(), "contract-environment", "local-append")));
        assertThatThrownBy(() -> retirement(without).delete(Set.of(TABLE)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("table " + TABLE + " is not deleted: it belongs to another environment of this contract.");
        assertThat(services.tables).containsKey(TABLE);
    }

    private TableSpec labelled(Map<String, String> labels) {
        return Objects.requireNonNull(services.tables.get(TABLE)).withLabels(labels);
    }

    @Test
    void deletionThatFailsIsRepeated() throws Exception {
        services.write = (text, effect) -> {
            effect.run();
            if (text.equals("delete topic " + TOPIC)) {
                throw new LiveException("Kafka does not answer.", null);
            }
        };
        assertThat(retirement(without).delete(Set.of(TABLE, TOPIC)))
                .hasValue("topic " + TOPIC + " is not deleted, or not recorded as deleted: Kafka does not answer.");
        assertThat(services.topics).doesNotContainKey(TOPIC);
        assertThat(retirement(without).orphans()).hasSize(2);
        services.revive();
        assertThat(retirement(without).delete(Set.of(TABLE, TOPIC))).isEmpty();
        assertThat(retirement(without).orphans()).isEmpty();
    }

    @Test
    void deletionsBeforeALostLeaseAreReported() throws Exception {
        services.write = (text, effect) -> {
            effect.run();
            if (text.equals("log retired")) {
                services.states.replaceAll((key, state) -> state.heldBy("bob@elsewhere process 1 started 5", START));
            }
        };
        assertThat(retirement(without).delete(Set.of(TABLE, TOPIC)))
                .hasValue("topic " + TOPIC
                        + " is not deleted, or not recorded as deleted: The lease was taken by somebody"
                        + " else. Run the command again.");
        assertThat(services.tables).containsKey(TABLE);
    }

    /** The command is killed at its nth write, before or after the write takes effect, and is run again as it was. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commandThatIsKilledAtAnyWriteIsCompletedByTheSameCommand(boolean isEffective) throws Exception {
        services.writes.clear();
        retirement(without).delete(Set.of(TABLE, TOPIC));
        String complete = services.picture();
        int writes = services.writes.size();
        assertThat(writes).isGreaterThan(8);
        for (int n = 0; n < writes; n++) {
            services = new FakeServices();
            teamBLeaves();
            services.killAtWrite(n, isEffective);
            assertThatThrownBy(() -> retirement(without).delete(Set.of(TABLE, TOPIC)))
                    .isInstanceOf(FakeServices.Killed.class);
            services.revive();
            clock.advance(Duration.ofMinutes(11));
            assertThat(retirement(without).delete(Set.of(TABLE, TOPIC))).isEmpty();
            assertThat(services.picture()).as("killed at write " + n).isEqualTo(complete);
            assertThat(services.log)
                    .filteredOn(entry -> entry.event().equals("retired"))
                    .extracting(LogEntry::what)
                    .containsExactly("topic " + TOPIC, "table " + TABLE);
        }
    }

    @Test
    void resourceThatWasDeletedAndIsInTheContractAgainIsRefused() throws Exception {
        retirement(without).delete(Set.of(TABLE, TOPIC));
        Desired again = Contracts.catalog("version: 1.2.0", "version: 2.1.0");
        apply(again);
        assertThatThrownBy(() -> retirement(again).delete(Set.of(TABLE)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("'" + TABLE + "' is not a resource that the contract has left behind. There are none.");
        assertThat(services.tables).containsKey(TABLE);
    }

    /** The process that has the lease was killed on another machine. */
    @Test
    void leaseOfAnotherProcessIsBrokenOnRequest() throws Exception {
        services.states.replaceAll(
                (key, state) -> state.heldBy("catalogctl apply by bob@elsewhere process 7 started 5", START));
        Set<String> names = Set.of(TABLE, TOPIC);
        services.writes.clear();
        assertThatThrownBy(() -> retirement(without).delete(names))
                .isInstanceOf(LeaseHeldException.class)
                .hasMessage("The contract is in use: catalogctl apply by bob on elsewhere, process 7, since " + START
                        + ". Wait until it has ended. If it was killed, its lease ends at 2026-11-28T12:10:00Z. To end it"
                        + " now, run catalogctl retire with --break-lease.");
        assertThat(services.writes).isEmpty();
        Operator breaking = new Operator("ada", true);
        assertThat(new Retirement(without, services.services(), clock, breaking, progress::add).delete(names))
                .isEmpty();
        assertThat(progress).containsExactly("- topic " + TOPIC, "- table " + TABLE);
    }

    @Test
    void kindBeforeTheNameSelectsOneOfTwoResources() throws Exception {
        retirement(without).delete(Set.of("topic " + TOPIC));
        assertThat(progress).containsExactly("- topic " + TOPIC);
        assertThat(retirement(without).orphans()).extracting(Object::toString).containsExactly("table " + TABLE);
    }

    /** The log keeps the attributes of a deleted resource as JSON. */
    @Test
    void logKeepsWhatWasDeleted() throws Exception {
        retirement(without).delete(Set.of(TOPIC));
        assertThat(services.log.get(services.log.size() - 1).plan())
                .isEqualToIgnoringWhitespace(
                        "{\"cleanup.policy\": \"delete\", \"partitions\": \"3\", \"retention.ms\": \"604800000\"}");
    }

    /** The facts of an earlier version may contain secrets, because fewer keys were known as secret. */
    @Test
    void logContainsNoSecrets() throws Exception {
        services.states.replaceAll((key, state) -> {
            Map<ResourceKey, Map<String, String>> resources = new TreeMap<>(state.resources());
            resources.put(
                    ResourceKey.parse("connector old-sink"),
                    Map.of("value.converter.basic.auth.user.info", "ada:hunter2", "tasks.max", "1"));
            return state.withResources(resources);
        });
        retirement(without).delete(Set.of("old-sink"));
        assertThat(services.log.get(services.log.size() - 1).plan())
                .isEqualToIgnoringWhitespace(
                        "{\"tasks.max\": \"1\", \"value.converter.basic.auth.user.info\": \"(hidden)\"}");
    }

    @Test
    void productWithTheStatusRetiredLeavesEverythingBehind() throws Exception {
        Desired retired = Contracts.catalog("version: 1.2.0", "version: 3.0.0", "status: active", "status: retired");
        services.writes.clear();
        Plan plan = Planner.plan(retired, LiveReader.read(retired, services.services()), false);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.orphans()).hasSize(9);
        assertThat(plan.notes())
                .containsExactly("The status of the contract is retired: apply creates and changes nothing. catalogctl"
                        + " retire deletes what is left behind.");
        apply(retired);
        assertThat(services.writes).containsOnly("facts", "log begun", "log applied");
        assertThatThrownBy(() -> retirement(retired).delete(Set.of("products_raw")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("table products_raw is not deleted: the connector catalog-sink uses it. Apply the contract"
                        + " first, or name the connector too if it is left behind.");
        Set<String> names = plan.orphans().stream().map(ResourceKey::name).collect(Collectors.toSet());
        assertThat(retirement(retired).delete(names)).isEmpty();
        assertThat(progress).startsWith("- connector catalog-source", "- connector catalog-sink");
        assertThat(services.tables).isEmpty();
        assertThat(services.topics).isEmpty();
        assertThat(services.connectors).isEmpty();
        assertThat(retirement(retired).orphans()).isEmpty();
    }

    private Retirement retirement(Desired desired) {
        return new Retirement(desired, services.services(), clock, new Operator("ada", false), progress::add);
    }

    private void apply(Desired desired) throws LeaseHeldException, RefusedException, InterruptedException {
        assertThat(new ContractApply(services.services(), clock, "ada", step -> {})
                        .apply(desired, options())
                        .isComplete())
                .isTrue();
    }

    private static ContractApply.Options options() {
        return ContractApply.Options.plain(PlanJson::of);
    }

    private static Desired withoutTeamB(String... replacements) throws IOException {
        String text = Contracts.text("product-catalog");
        String lines =
                text.substring(0, text.indexOf("  - id: team-b")) + text.substring(text.indexOf("slaProperties:"));
        return Contracts.desired(
                Contracts.replaced(
                        Contracts.replaced(lines, replacements),
                        "version: 1.2.0",
                        "version: 2.0.0",
                        "objects: [samsung_without_image]",
                        "objects: [products_with_image]"),
                "local");
    }
}
