package io.catalogconnect.catalogctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.apply.Operator;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.replay.Replay;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.retire.Retirement;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands do with a contract of each status that ODCS names. */
final class ContractStatusTest {
    private static final String RETIRED_NOTE =
            "The status of the contract is retired: apply creates and changes nothing. catalogctl retire deletes what is"
                    + " left behind.";

    private final MovableClock clock = new MovableClock();
    private final FakeServices services = new FakeServices();

    @Test
    void lintPermitsTheseStatusesAndNoOthers() throws IOException {
        String text = Contracts.replaced(Contracts.text("product-catalog"), "status: active", "status: live");
        assertThat(ContractFile.check("a.yaml", text.getBytes(StandardCharsets.UTF_8))
                        .findings())
                .extracting(Finding::message)
                .containsExactly(
                        "The status 'live' is not valid. Write one of: proposed, draft, active, deprecated, retired.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proposed", "draft"})
    void draftIsPlannedAndRefusedBeforeAnyWrite(String status) throws Exception {
        Desired draft = contract(status);
        services.hasDataset = false;
        String refusal = "The status of the contract is " + status
                + ", so it can be planned, but apply, replay and retire refuse it. Set status: active in the contract.";

        Plan plan = plan(draft);
        assertThat(plan.changes()).hasSize(9);
        assertThat(plan.notes()).containsExactly(refusal);
        assertThat(plan.conflict(Set.of())).isEmpty();
        assertThat(plan.refusal(Set.of())).hasValue(refusal);
        for (ThrowingCallable command : List.<ThrowingCallable>of(
                () -> apply(draft),
                () -> replay(draft).resume(List::of),
                () -> retirement(draft).delete(Set.of("products_raw")))) {
            assertThatThrownBy(command).isInstanceOf(RefusedException.class).hasMessage(refusal);
        }
        assertThat(services.writes).isEmpty();
        assertThat(services.hasDataset).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "deprecated"})
    void productThatIsUsedIsApplied(String status) throws Exception {
        Desired used = contract(status);
        services.hasDataset = false;
        assertThat(plan(used).notes()).isEmpty();
        apply(used);
        assertThat(services.hasDataset).isTrue();
        assertThat(services.tables.values())
                .hasSize(3)
                .allSatisfy(table -> assertThat(table.labels()).containsEntry("contract-status", status));
        assertThat(plan(used).changes()).isEmpty();
        assertThatThrownBy(() -> replay(used).resume(List::of))
                .isInstanceOf(RefusedException.class)
                .hasMessage("No replay of product-catalog is open.");
        assertThatThrownBy(() -> retirement(used).delete(Set.of("products_raw")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("'products_raw' is not a resource that the contract has left behind. There are none.");
    }

    @Test
    void retiredProductGetsNoResourcesAndReadsNoFiles() throws Exception {
        Desired retired = contract("retired");
        assertThat(plan(retired).notes()).containsExactly(RETIRED_NOTE);
        apply(retired);
        assertThat(services.tables).isEmpty();
        assertThat(services.connectors).isEmpty();
        services.writes.clear();
        assertThatThrownBy(() -> replay(retired).resume(List::of))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "The status of the contract is retired, so its files are not read again. To give up a replay"
                                + " that has not ended, use --abandon.");
        assertThat(services.writes).isEmpty();
        assertThatThrownBy(() -> replay(retired).abandon())
                .isInstanceOf(RefusedException.class)
                .hasMessage("No replay of product-catalog is open.");
    }

    private static Desired contract(String status) throws IOException {
        return Contracts.catalog("status: active", "status: " + status);
    }

    private Plan plan(Desired desired) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services.services()), false);
    }

    private void apply(Desired desired) throws Exception {
        new ContractApply(services.services(), clock, "ada", step -> {})
                .apply(desired, ContractApply.Options.plain(PlanJson::of));
    }

    private Replay replay(Desired desired) {
        return new Replay(desired, services.services(), clock, new Operator("ada", false), step -> {});
    }

    private Retirement retirement(Desired desired) {
        return new Retirement(desired, services.services(), clock, new Operator("ada", false), step -> {});
    }
}
