package io.catalogconnect.catalogctl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.apply.Operator;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.catalogctl.retire.Retirement;
import io.catalogconnect.contract.render.TableGrant;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Roles on tables and Kafka ACLs of the product catalogue, which has them in the environment {@code cluster}. */
final class AccessTest {
    private static final String VIEWER = "roles/bigquery.dataViewer";
    private static final TableGrant TEAM_A = new TableGrant("products_team_a", VIEWER, "group:team-a@example.com");
    private static final TableGrant TEAM_B = new TableGrant("products_team_b", VIEWER, "group:team-b@example.com");
    private static final TableGrant AUDITOR = new TableGrant("products_team_a", VIEWER, "user:auditor@example.com");
    private static final Acl FEED = new Acl("User:team-a-feed", "Read", "topic", "products.team-a", false);
    private static final String GRANT_B =
            "grant roles/bigquery.dataViewer on products_team_b for group:team-b@example.com";

    private final FakeServices services = new FakeServices();

    @Test
    void accessIsGivenAfterTheTopicsAndBeforeTheConnectors() throws Exception {
        Plan plan = plan(cluster());
        List<Kind> kinds = plan.changes().stream()
                .map(change -> change.resource().kind())
                .distinct()
                .toList();
        assertThat(kinds).containsExactly(Kind.TABLE, Kind.TOPIC, Kind.GRANT, Kind.ACL, Kind.CONNECTOR);
        assertThat(PlanText.of(plan, "cluster"))
                .contains(
                        "  + grant     roles/bigquery.dataViewer on products_team_a for group:team-a@example.com",
                        "  + acl       Read on topic products.team-a for User:team-a-feed",
                        "  + acl       Read on group team-a-feed for User:team-a-feed",
                        "  + acl       Write on transactionalIds starting with catalog-connect-catalog-source- for"
                                + " User:connect-catalog");
        apply(cluster());
        assertThat(services.grants).containsExactly(TEAM_A, TEAM_B);
        assertThat(services.acls).contains(FEED);
        assertThat(plan(cluster()).changes()).isEmpty();
    }

    @Test
    void accessThatWasRemovedByHandIsDrift() throws Exception {
        apply(cluster());
        services.grants.remove(TEAM_B);
        Objects.requireNonNull(services.acls).remove(FEED);
        Plan plan = plan(cluster());
        assertThat(PlanText.of(plan, "cluster"))
                .contains(
                        "  ? grant     roles/bigquery.dataViewer on products_team_b for group:team-b@example.com   was"
                                + " removed outside of the contract",
                        "  ? acl       Read on topic products.team-a for User:team-a-feed   was removed outside of the"
                                + " contract");
        assertThat(plan.changes()).hasSize(2);
        apply(cluster());
        assertThat(services.grants).containsExactlyInAnyOrder(TEAM_A, TEAM_B);
        assertThat(services.acls).contains(FEED);
    }

    /** It is not the contract's, so it is not an orphan either when the contract gives it up. */
    @Test
    void accessThatExistedBeforeStaysWithItsOwner() throws Exception {
        apply(withoutTeamB("1.2.0"));
        services.grants.add(TEAM_B);
        Desired desired = cluster("version: 1.2.0", "version: 1.3.0");
        Plan plan = plan(desired);
        assertThat(plan.changes(Action.CREATE)).isEmpty();
        assertThat(plan.notes())
                .containsExactly(GRANT_B
                        + " exists and belongs to no contract. catalogctl keeps it. --adopt makes it part of this"
                        + " contract.");
        apply(desired);
        assertThat(plan(withoutTeamB("1.4.0")).orphans()).isEmpty();
        assertThat(services.writes).noneMatch(text -> text.contains("team-b@example.com"));
    }

    @Test
    void accessThatExistedBeforeIsAdoptedOnRequest() throws Exception {
        apply(withoutTeamB("1.2.0"));
        services.grants.add(TEAM_B);
        Desired desired = cluster("version: 1.2.0", "version: 1.3.0");
        assertThat(Planner.plan(desired, LiveReader.read(desired, services.services()), true)
                        .changes(Action.ADOPT))
                .extracting(change -> change.resource().toString())
                .containsExactly(GRANT_B);
        new ContractApply(services.services(), Clock.systemUTC(), "ada", step -> {})
                .apply(
                        desired,
                        new ContractApply.Options(true, false, Set.of(), plan -> Optional.empty(), PlanJson::of));
        assertThat(plan(withoutTeamB("1.4.0")).orphans())
                .extracting(ResourceKey::toString)
                .containsExactly(GRANT_B);
    }

    @Test
    void membersThatTheContractDoesNotNameKeepTheirAccess() throws Exception {
        apply(cluster());
        services.grants.add(AUDITOR);
        Plan plan = plan(cluster());
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.notes())
                .containsExactly("grant roles/bigquery.dataViewer on products_team_a for user:auditor@example.com is"
                        + " not in the contract. catalogctl keeps it.");
        apply(cluster("version: 1.2.0", "version: 1.2.1"));
        assertThat(services.grants).contains(AUDITOR);
    }

    @Test
    void accessThatLeavesTheContractIsRemovedByRetireOnly() throws Exception {
        apply(cluster());
        services.grants.add(new TableGrant("products_team_b", VIEWER, "user:auditor@example.com"));
        Desired without = withoutTeamB("1.3.0");
        assertThat(PlanText.of(plan(without), "cluster"))
                .contains("  - " + GRANT_B + "  is not in the contract any more. apply does not delete it, retire"
                        + " does.");
        apply(without);
        assertThat(services.grants).contains(TEAM_B);
        services.writes.clear();
        new Retirement(without, services.services(), Clock.systemUTC(), new Operator("ada", false), step -> {})
                .delete(Set.of(GRANT_B.substring("grant ".length())));
        assertThat(services.writes)
                .contains("revoke roles/bigquery.dataViewer on products_team_b from group:team-b@example.com")
                .noneMatch(text -> text.startsWith("delete"));
        assertThat(services.grants)
                .containsExactly(TEAM_A, new TableGrant("products_team_b", VIEWER, "user:auditor@example.com"));
        assertThat(plan(without).orphans()).isEmpty();
    }

    @Test
    void aclThatLeavesTheContractIsRemovedByRetireOnly() throws Exception {
        apply(cluster());
        Desired without =
                cluster("version: 1.2.0", "version: 1.3.0", "principals: [\"User:team-a-feed\"]", "members: []");
        apply(without);
        assertThat(services.acls).contains(FEED);
        new Retirement(without, services.services(), Clock.systemUTC(), new Operator("ada", false), step -> {})
                .delete(Set.of(FEED.toString()));
        assertThat(services.acls).doesNotContain(FEED).isNotEmpty();
    }

    @Test
    void clusterWithoutAnAuthorizerNeedsNoAcls() throws Exception {
        services.acls = null;
        Plan plan = plan(cluster());
        assertThat(plan.changes()).noneMatch(change -> change.resource().kind() == Kind.ACL);
        assertThat(plan.notes())
                .containsExactly("Kafka has no authorizer: it permits everything, and the "
                        + cluster().acls().size() + " ACLs of the contract are not created.");
        apply(cluster());
        assertThat(plan(cluster()).changes()).isEmpty();
        services.acls = new LinkedHashSet<>();
        assertThat(plan(cluster()).changes())
                .hasSize(cluster().acls().size())
                .allMatch(change -> change.action() == Action.CREATE);
    }

    /** Workers and consumer groups are shared by products. */
    @Test
    void aclOfTwoContractsStaysUntilNeitherHasIt() throws Exception {
        apply(cluster());
        Desired other = cluster(
                "id: 6c0c1f0e-6a56-4f2b-9a54-0d9a3f0b0c11", "id: another",
                "products.", "items.",
                "products_raw\n", "items_raw\n",
                "products_team_", "items_team_",
                "catalog-source", "items-source",
                "catalog-sink", "items-sink");
        String shared = "Read on group team-a-feed for User:team-a-feed";
        assertThat(plan(other).changes())
                .noneMatch(change -> change.resource().name().equals(shared));
        apply(other);
        Desired without = cluster("version: 1.2.0", "version: 1.3.0", "group: team-a-feed, ", "");
        apply(without);
        Retirement retirement =
                new Retirement(without, services.services(), Clock.systemUTC(), new Operator("ada", false), step -> {});
        assertThatThrownBy(() -> retirement.delete(Set.of(shared)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("acl " + shared + " is not deleted: another contract or environment has it too.");
    }

    /** The facts of the other contract are in another dataset. The workers have one transactional ID for all their connectors. */
    @Test
    void aclThatAConnectorOfAnUnknownContractMayNeedIsNotDeleted() throws Exception {
        apply(cluster());
        Desired without = cluster(
                "version: 1.2.0", "version: 2.0.0", ", connectGroup: catalog-connect", "", "group: team-a-feed, ", "");
        apply(without);
        services.deploy("items-source", Map.of("contract.id", "another"), "RUNNING");
        Retirement retirement =
                new Retirement(without, services.services(), Clock.systemUTC(), new Operator("ada", false), step -> {});
        String workers = "Write on transactionalId connect-cluster-catalog-connect for User:connect-catalog";
        String consumers = "Read on group team-a-feed for User:team-a-feed";
        for (String shared : List.of(workers, consumers)) {
            assertThatThrownBy(() -> retirement.delete(Set.of(shared)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("acl " + shared + " is not deleted: the connector items-source does not belong to a"
                            + " contract in this dataset, and may need it too. If no other product needs it, delete it"
                            + " with kafka-acls.sh, and run the command again.");
        }
        String ofTheSource =
                "Write on transactionalIds starting with catalog-connect-catalog-source- for" + " User:connect-catalog";
        assertThat(retirement.delete(Set.of(ofTheSource))).isEmpty();

        Objects.requireNonNull(services.acls).removeIf(acl -> acl.toString().equals(workers));
        assertThat(retirement.delete(Set.of(workers))).isEmpty();
        services.connectors.remove("items-source");
        assertThat(retirement.delete(Set.of(consumers))).isEmpty();
        assertThat(services.acls)
                .isNotEmpty()
                .extracting(Acl::toString)
                .doesNotContain(workers, consumers, ofTheSource);
        assertThat(retirement.orphans())
                .extracting(ResourceKey::name)
                .containsExactly(
                        "Describe on transactionalId connect-cluster-catalog-connect for User:connect-catalog",
                        "Describe on transactionalIds starting with catalog-connect-catalog-source- for"
                                + " User:connect-catalog");
    }

    private Plan plan(Desired desired) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services.services()), false);
    }

    private void apply(Desired desired) throws Exception {
        assertThat(new ContractApply(services.services(), Clock.systemUTC(), "ada", step -> {})
                        .apply(desired, ContractApply.Options.plain(PlanJson::of))
                        .isComplete())
                .isTrue();
    }

    private static Desired cluster(String... replacements) throws IOException {
        return Contracts.desired(Contracts.replaced(Contracts.text("product-catalog"), replacements), "cluster");
    }

    private static Desired withoutTeamB(String version) throws IOException {
        return cluster(
                "version: 1.2.0", "version: " + version, "members: [\"group:team-b@example.com\"]", "members: []");
    }
}
