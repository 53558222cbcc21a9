package io.catalogconnect.catalogctl.retire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Team B leaves the product catalogue: its table and its topic are left behind. */
final class RetirementTest {
    private static final String TABLE = "products_team_b";
    private static final String TOPIC = "products.team-b";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-28T12:00:00Z"));
    private final FakeServices services = new FakeServices();
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

    @Test
    void namedResourcesAreDeletedAndForgotten() throws Exception {
        services.tables.put(TABLE + "_history", Objects.requireNonNull(services.tables.get(TABLE)));
        services.writes.clear();
        retirement(without).delete(Set.of(TABLE, TOPIC));
        assertThat(services.writes)
                .filteredOn(write -> write.startsWith("delete"))
                .containsExactly(
                        "delete topic " + TOPIC, "delete table " + TABLE + "_history", "delete table " + TABLE);
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
        Retirement retirement = new Retirement(without, earlier.services(), clock, "ada", progress::add);
        assertThatThrownBy(() -> retirement.delete(Set.of(TABLE, TOPIC)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("topic " + TOPIC + " is not deleted: the connector catalog-")
                .hasMessageContaining("table " + TABLE + " is not deleted: the connector catalog-sink uses it. Apply");
        assertThat(earlier.writes).isEmpty();
    }

    @Test
    void tableWithTheMarkOfAnotherContractIsRefused() {
        TableSpec table = Objects.requireNonNull(services.tables.get(TABLE));
        services.tables.put(
                TABLE,
                new TableSpec(
                        TABLE,
                        table.description(),
                        table.columns(),
                        table.partitionType(),
                        table.partitionField(),
                        table.expirationMillis(),
                        table.requirePartitionFilter(),
                        table.clustering(),
                        Map.of("contract", "other")));
        assertThatThrownBy(() -> retirement(without).delete(Set.of(TABLE)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("table " + TABLE + " is not deleted: it does not carry the mark of this contract.");
    }

    @Test
    void deletionThatFailsIsRepeated() throws Exception {
        services.write = (text, effect) -> {
            effect.run();
            if (text.equals("delete topic " + TOPIC)) {
                throw new LiveException("Kafka does not answer.", null);
            }
        };
        assertThatThrownBy(() -> retirement(without).delete(Set.of(TABLE, TOPIC)))
                .hasMessage("Kafka does not answer.");
        assertThat(services.topics).doesNotContainKey(TOPIC);
        assertThat(retirement(without).orphans()).hasSize(2);
        services.write = (text, effect) -> effect.run();
        retirement(without).delete(Set.of(TABLE, TOPIC));
        assertThat(retirement(without).orphans()).isEmpty();
    }

    private Retirement retirement(Desired desired) {
        return new Retirement(desired, services.services(), clock, "ada", progress::add);
    }

    private void apply(Desired desired) throws LeaseHeldException, RefusedException, InterruptedException {
        assertThat(new ContractApply(services.services(), clock, "ada", step -> {})
                        .apply(desired, options())
                        .isComplete())
                .isTrue();
    }

    private static ContractApply.Options options() {
        return new ContractApply.Options(false, false, Set.of(), "", PlanJson::of);
    }

    private static Desired withoutTeamB() throws IOException {
        String text = Contracts.text("product-catalog");
        String lines =
                text.substring(0, text.indexOf("  - id: team-b")) + text.substring(text.indexOf("slaProperties:"));
        return Contracts.desired(
                Contracts.replaced(
                        lines,
                        "version: 1.2.0",
                        "version: 2.0.0",
                        "objects: [samsung_without_image]",
                        "objects: [products_with_image]"),
                "local");
    }
}
