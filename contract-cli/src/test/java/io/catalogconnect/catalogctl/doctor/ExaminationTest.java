package io.catalogconnect.catalogctl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.doctor.Diagnosis.Level;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
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

/** The product catalogue, applied; each test changes one thing. */
final class ExaminationTest {
    private static final String HISTORY = "products_raw_history";
    private static final String TAG = "projects/p/locations/eu/taxonomies/1/policyTags/2";

    private final FakeServices services = new FakeServices();
    private final Desired desired;

    ExaminationTest() throws IOException {
        desired = Contracts.catalog();
    }

    @BeforeEach
    void apply() throws Exception {
        new ContractApply(services.services(), Clock.systemUTC(), "ada", step -> {})
                .apply(desired, ContractApply.Options.plain(PlanJson::of));
        copy("products_raw", HISTORY, "");
    }

    @Test
    void retiredProductNeedsNothing() throws Exception {
        services.topics.clear();
        assertThat(problems()).isNotEmpty();
        Desired retired = Contracts.catalog("status: active", "status: retired");
        assertThat(new Examination(retired, services.services()).run())
                .extracting(Diagnosis::message)
                .containsExactly("The status of the contract is retired, so it needs nothing.");
    }

    @Test
    void environmentThatIsRightHasNoProblems() throws Exception {
        assertThat(new Examination(desired, services.services()).run())
                .extracting(Diagnosis::message)
                .containsExactly(
                        "The workers accept the connector catalog-sink.",
                        "The workers replace all placeholders of catalog-sink.",
                        "The workers accept the connector catalog-source.",
                        "The workers replace all placeholders of catalog-source.",
                        "All 4 topics exist.",
                        "This account has the permissions of the sink on products_raw.",
                        "This account has the permissions of the sink on products_raw_history.",
                        "This account has the permissions of the sink on products_team_a.",
                        "This account has the permissions of the sink on products_team_b.",
                        "This account has the permission bigquery.jobs.create.");
        assertThat(problems()).isEmpty();
    }

    @Test
    void serviceThatDoesNotAnswerIsOneFailure() throws Exception {
        services.down.add("BigQuery");
        services.down.add("Kafka");
        assertThat(problems())
                .containsExactly(
                        Diagnosis.failure(
                                "Kafka at x:1 does not answer.",
                                "Check that the brokers run, and that kafka.bootstrap of the context is their address."),
                        Diagnosis.failure(
                                "BigQuery at x:1 does not answer.",
                                "Check bigquery of the context, and the credentials of this machine."));
        assertThat(new Examination(desired, services.services()).run())
                .extracting(Diagnosis::message)
                .contains("The workers accept the connector catalog-sink.");
    }

    @Test
    void workerWithoutExactlyOnceSourcesIsFound() throws Exception {
        services.errors.put(
                "catalog-source",
                List.of("exactly.once.support: This worker does not have exactly-once source support enabled."));
        assertThat(problems())
                .containsExactly(Diagnosis.failure(
                        "catalog-source: exactly.once.support: This worker does not have exactly-once source support"
                                + " enabled.",
                        "Set exactly.once.source.support=enabled on all workers."));
    }

    @Test
    void overrideThatTheWorkersRefuseIsFound() throws Exception {
        services.errors.put(
                "catalog-sink", List.of("consumer.override.isolation.level: The 'None' policy does not allow it"));
        assertThat(problems())
                .extracting(Diagnosis::advice)
                .containsExactly(
                        "Permit the key with connector.client.config.override.policy and its allowlist on all workers.");
    }

    @Test
    void placeholderThatTheWorkersDoNotReplaceIsFoundInTheRunningConnector() throws Exception {
        Map<String, String> config = new HashMap<>(Objects.requireNonNull(services.connectors.get("catalog-source"))
                .config());
        config.put("s3.bucket", "${file:/secrets:bucket}");
        services.deploy("catalog-source", config, "RUNNING");
        assertThat(problems())
                .containsExactly(Diagnosis.failure(
                        "The workers do not replace the placeholders in s3.bucket of catalog-source.",
                        "Add the provider of the placeholders to config.providers of the workers."));
    }

    @Test
    void missingTopicsAndTablesAreFound() throws Exception {
        services.topics.remove("products.team-b");
        services.tables.remove("products_team_a");
        assertThat(problems())
                .containsExactly(
                        Diagnosis.failure("The topic products.team-b does not exist.", "Run catalogctl apply."),
                        Diagnosis.failure("The table products_team_a does not exist.", "Run catalogctl apply."));
    }

    @Test
    void missingPermissionIsFoundOnTheTableAndOnItsHistory() throws Exception {
        services.denied.add("bigquery.tables.getData " + HISTORY);
        services.denied.add("bigquery.tables.updateData products_team_a");
        assertThat(problems())
                .extracting(Diagnosis::message)
                .containsExactly(
                        "This account lacks bigquery.tables.getData on products_raw_history.",
                        "This account lacks bigquery.tables.updateData on products_team_a.");
    }

    @Test
    void accountThatCannotRunJobsIsFound() throws Exception {
        services.jobRefusal = Optional.of(
                "Access Denied: Project p: User does not have bigquery.jobs.create permission" + " in project p.");
        assertThat(problems())
                .containsExactly(Diagnosis.failure(
                        "This account lacks bigquery.jobs.create: Access Denied: Project p: User does not have"
                                + " bigquery.jobs.create permission in project p.",
                        "If it is the account of the sink, grant it the second role of catalogctl render --what"
                                + " bigquery-role on the project."));
    }

    @Test
    void missingGrantsAndAclsAreFound() throws Exception {
        Desired cluster = Contracts.desired(Contracts.text("product-catalog"), "cluster");
        FakeServices others = new FakeServices();
        new ContractApply(others.services(), Clock.systemUTC(), "ada", step -> {})
                .apply(cluster, ContractApply.Options.plain(PlanJson::of));
        assertThat(new Examination(cluster, others.services()).run())
                .extracting(Diagnosis::message)
                .endsWith(
                        "All 2 grants on tables exist.", "All " + cluster.acls().size() + " ACLs exist.");
        Set<Acl> acls = Objects.requireNonNull(others.acls);
        acls.removeIf(
                acl -> acl.principal().equals("User:team-a-feed") && acl.type().equals("group"));
        others.grants.removeIf(grant -> grant.table().equals("products_team_b"));
        assertThat(new Examination(cluster, others.services()).run())
                .filteredOn(diagnosis -> diagnosis.level() != Level.OK)
                .containsExactly(
                        Diagnosis.failure(
                                "group:team-b@example.com does not have roles/bigquery.dataViewer on products_team_b.",
                                "Run catalogctl apply."),
                        Diagnosis.failure(
                                "The ACL Read on group team-a-feed for User:team-a-feed is missing.",
                                "Run catalogctl apply."));
        others.acls = null;
        assertThat(new Examination(cluster, others.services()).run())
                .contains(Diagnosis.warning(
                        "Kafka has no authorizer: it permits everything.",
                        "Set an authorizer on the brokers, and run catalogctl apply."));
    }

    @Test
    void policyTagThatTheHistoryLacksIsFound() throws Exception {
        copy("products_raw", "products_raw", TAG);
        assertThat(problems())
                .containsExactly(Diagnosis.warning(
                        "The column comment has a policy tag in products_raw, but not the same one in"
                                + " products_raw_history.",
                        "Set column.policy.tags of the sink, or set the tag in the history."));
        copy("products_raw", HISTORY, TAG);
        assertThat(problems()).isEmpty();
    }

    /** Stores a table under another name, with a policy tag on the column comment. */
    private void copy(String from, String to, String tag) {
        TableSpec table = Objects.requireNonNull(services.tables.get(from));
        List<TableColumn> columns = table.columns().stream()
                .map(column -> column.name().equals("comment")
                        ? new TableColumn(column.name(), column.type(), column.required(), column.description(), tag)
                        : column)
                .toList();
        services.tables.put(
                to,
                new TableSpec(
                        to,
                        table.description(),
                        columns,
                        table.partitionType(),
                        table.partitionField(),
                        table.expirationMillis(),
                        table.requirePartitionFilter(),
                        table.clustering(),
                        table.key(),
                        table.labels()));
    }

    private List<Diagnosis> problems() throws InterruptedException {
        return new Examination(desired, services.services())
                .run().stream()
                        .filter(diagnosis -> diagnosis.level() != Level.OK)
                        .toList();
    }
}
