package io.catalogconnect.catalogctl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TopicSpec;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an apply may do that was confirmed as a plan. */
final class ReviewedPlanTest {
    private final FakeServices services = new FakeServices();
    private final Desired desired;

    ReviewedPlanTest() throws IOException {
        desired = Contracts.catalog();
    }

    @Test
    void planItselfAndTheRestOfItAreConfirmed() throws Exception {
        ReviewedPlan reviewed = ReviewedPlan.of(plan(desired));
        assertThat(reviewed.unconfirmed(plan(desired))).isEmpty();
        services.services().tables().create(desired.tables().get(0));
        services.services().workers().createStopped(desired.sink());
        services.topics.put("unrelated", new TopicSpec("unrelated", 1, 1, Map.of()));
        Plan rest = plan(desired);
        assertThat(rest.changes()).hasSize(8);
        assertThat(reviewed.unconfirmed(rest)).isEmpty();
        apply(desired);
        assertThat(reviewed.unconfirmed(plan(desired))).isEmpty();
    }

    @Test
    void changesThatWereNotConfirmedAreNamedWithTheirValues() throws Exception {
        ReviewedPlan reviewed = ReviewedPlan.of(plan(desired));
        apply(desired);
        Map<String, String> config = new HashMap<>(desired.sink().config());
        config.put("tasks.max", "7");
        config.put("s3.secret.access.key", "hunter2");
        services.deploy("catalog-sink", config, "STOPPED");
        services.topics.remove("products.raw");
        assertThat(reviewed.unconfirmed(plan(desired)))
                .containsExactly(
                        "connector catalog-sink: tasks.max 1, live 7, s3.secret.access.key (none), live (hidden)");
    }

    @Test
    void deletedResourceIsCreatedAgainOnlyIfThatWasConfirmed() throws Exception {
        apply(desired);
        Desired next = Contracts.catalog("version: 1.2.0", "version: 1.2.1");
        ReviewedPlan reviewed = ReviewedPlan.of(plan(next));
        services.tables.remove("products_raw");
        assertThat(reviewed.unconfirmed(plan(next))).containsExactly("create table products_raw");
    }

    @Test
    void contractAndVersionOfThePlanMustBeThePresentOnes() throws Exception {
        ReviewedPlan first = ReviewedPlan.of(plan(desired));
        // Any change of the contract is reviewed, also if it changes no resource.
        assertThat(first.unconfirmed(plan(Contracts.catalog("username: ada", "username: eve"))))
                .containsExactly("the text of the contract is another one");
        Desired next = Contracts.catalog("version: 1.2.0", "version: 1.3.0");
        ReviewedPlan second = ReviewedPlan.of(plan(next));
        apply(desired);
        assertThat(second.unconfirmed(plan(next)))
                .startsWith("the version that was applied last was none and is 1.2.0")
                .contains("connector catalog-sink: contract.version 1.3.0, live 1.2.0");
    }

    /** A reviewer who does not see a change has not confirmed it. */
    @Test
    void eachChangeOfThePlanIsNeeded() throws Exception {
        Plan plan = plan(desired);
        for (Change removed : plan.changes()) {
            List<Change> others = plan.changes().stream()
                    .filter(change -> !change.equals(removed))
                    .toList();
            ReviewedPlan reviewed = ReviewedPlan.of(plan);
            assertThat(new ReviewedPlan(reviewed.contractDigest(), "", others).unconfirmed(plan))
                    .containsExactly("create " + removed.resource());
        }
        assertThat(plan.changes()).hasSize(9);
    }

    @Test
    void resourceIsAdoptedOnlyIfThatWasConfirmed() throws Exception {
        ReviewedPlan reviewed = ReviewedPlan.of(plan(desired));
        services.topics.put(
                "products.raw", Objects.requireNonNull(desired.topics().get(0)));
        Plan adopted = Planner.plan(desired, LiveReader.read(desired, services.services()), true);
        assertThat(reviewed.unconfirmed(adopted)).containsExactly("adopt topic products.raw");
        assertThat(ReviewedPlan.of(adopted).unconfirmed(adopted)).isEmpty();
    }

    private Plan plan(Desired wanted) throws InterruptedException {
        return Planner.plan(wanted, LiveReader.read(wanted, services.services()), false);
    }

    private void apply(Desired wanted) throws Exception {
        assertThat(new ContractApply(services.services(), Clock.systemUTC(), "ada", step -> {})
                        .apply(wanted, ContractApply.Options.plain(PlanJson::of))
                        .isComplete())
                .isTrue();
    }
}
