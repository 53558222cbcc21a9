package io.catalogconnect.catalogctl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The environments {@code local} and {@code local-append} of the product catalogue have the same addresses. */
final class OwnersTest {
    private static final String OTHER =
            "it belongs to another environment of this contract. Give each environment its own"
                    + " dataset, Kafka cluster and Connect cluster.";
    private static final String UNKNOWN = "it belongs to this contract, but neither a mark nor the facts of only one"
            + " environment say to which. If it belongs to local, run the command with --adopt.";

    private final FakeServices services = new FakeServices();
    private final Desired local;
    private final Desired append;

    OwnersTest() throws IOException {
        local = Contracts.catalog();
        append = Contracts.desired(Contracts.text("product-catalog"), "local-append");
    }

    @BeforeEach
    void applyToTheFirstEnvironment() throws Exception {
        apply(local);
        services.writes.clear();
    }

    @Test
    void resourcesOfAnotherEnvironmentAreRefusedEvenWithAdoption() throws Exception {
        for (boolean adopt : List.of(false, true)) {
            Plan plan = plan(append, adopt);
            assertThat(plan.changes())
                    .extracting(Change::action, Change::summary)
                    .hasSize(9)
                    .containsOnly(tuple(Action.REFUSE, OTHER));
            assertThat(plan.refusal(Set.of())).isPresent();
        }
        assertThat(plan(local, false).changes()).isEmpty();
    }

    /** The other environment's facts are in another dataset: only the marks of the connectors tell. */
    @Test
    void connectorsAndTopicsOfAnotherEnvironmentAreRefusedWithoutItsFacts() throws Exception {
        services.states.clear();
        services.tables.clear();
        assertThat(plan(append, true).changes(Action.REFUSE))
                .extracting(change -> change.resource().toString())
                .containsExactly(
                        "topic products.raw",
                        "topic products.team-a",
                        "topic products.team-b",
                        "topic products.events",
                        "connector catalog-sink",
                        "connector catalog-source");
    }

    @Test
    void resourcesWithoutAMarkAreTheEnvironmentsWhoseFactsContainThem() throws Exception {
        removeTheMarks();
        assertThat(plan(append, true).changes())
                .isNotEmpty()
                .allMatch(change -> change.summary().equals(OTHER));
        Plan plan = plan(local, false);
        assertThat(plan.changes())
                .extracting(change -> change.action() + " " + change.resource())
                .containsExactly(
                        "CHANGE table products_raw",
                        "CHANGE table products_team_a",
                        "CHANGE table products_team_b",
                        "CHANGE connector catalog-sink",
                        "CHANGE connector catalog-source");
        assertThat(plan.changes(Action.CHANGE).get(0).differences())
                .containsExactly(new Difference("label contract-environment", "local", "", false));
        apply(local);
        assertThat(plan(local, false).changes()).isEmpty();
    }

    @Test
    void resourcesWithoutAMarkAndWithoutFactsAreAdoptedOnRequestOnly() throws Exception {
        removeTheMarks();
        services.states.clear();
        assertUnknownUntilAdopted();
    }

    /** An earlier version of catalogctl has let both environments take the resources over. */
    @Test
    void resourcesInTheFactsOfTwoEnvironmentsAreAdoptedOnRequestOnly() throws Exception {
        removeTheMarks();
        ContractState state = Objects.requireNonNull(services.states.get(local.contractId() + " local"));
        services.states.put(
                local.contractId() + " local-append",
                ContractState.none(local.contractId(), "local-append").withResources(state.resources()));
        assertUnknownUntilAdopted();
        assertThat(plan(append, true).changes())
                .isNotEmpty()
                .allMatch(change -> change.summary().equals(OTHER));
    }

    private void assertUnknownUntilAdopted() throws Exception {
        assertThat(plan(local, false).changes())
                .hasSize(9)
                .allMatch(change -> change.action() == Action.REFUSE)
                .allMatch(change -> change.summary().equals(UNKNOWN));
        Plan adopted = plan(local, true);
        assertThat(adopted.refusal(Set.of())).isEmpty();
        assertThat(adopted.changes(Action.ADOPT)).hasSize(9);
        apply(local, true);
        assertThat(plan(local, false).changes()).isEmpty();
    }

    /** As an earlier version of catalogctl has left everything behind. */
    private void removeTheMarks() {
        services.states.replaceAll((key, state) -> {
            Map<ResourceKey, Map<String, String>> resources = new HashMap<>();
            state.resources().forEach((resource, attributes) -> {
                Map<String, String> others = new HashMap<>(attributes);
                others.remove("label contract-environment");
                others.remove("contract.environment");
                resources.put(resource, others);
            });
            return state.withResources(resources);
        });
        services.tables.replaceAll((name, table) -> {
            Map<String, String> labels = new HashMap<>(table.labels());
            labels.remove("contract-environment");
            return table.withLabels(labels);
        });
        List.copyOf(services.connectors.values()).forEach(connector -> {
            Map<String, String> config = new HashMap<>(connector.config());
            config.remove("contract.environment");
            services.deploy(connector.name(), config, "RUNNING");
        });
    }

    @Test
    void topicThatAnotherEnvironmentClaimsIsRefused() throws Exception {
        services.connectors.clear();
        assertThat(new Owners(LiveReader.read(append, services.services()))
                        .ofTopic(new ResourceKey(Kind.TOPIC, "products.raw")))
                .isEqualTo(Owners.Owner.OTHER_ENVIRONMENT);
    }

    private Plan plan(Desired desired, boolean adopt) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services.services()), adopt);
    }

    private void apply(Desired desired) throws Exception {
        apply(desired, false);
    }

    private void apply(Desired desired, boolean adopt) throws Exception {
        assertThat(new ContractApply(services.services(), Clock.systemUTC(), "ada", step -> {})
                        .apply(
                                desired,
                                new ContractApply.Options(
                                        adopt, false, Set.of(), plan -> Optional.empty(), PlanJson::of))
                        .isComplete())
                .isTrue();
    }
}
