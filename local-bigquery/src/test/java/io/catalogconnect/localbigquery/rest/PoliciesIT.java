package io.catalogconnect.localbigquery.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Binding;
import com.google.cloud.Condition;
import com.google.cloud.Identity;
import com.google.cloud.Policy;
import com.google.cloud.Role;
import com.google.cloud.bigquery.Acl;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** IAM policies of tables and access of datasets, through Google's client. */
final class PoliciesIT extends RestTest {
    private static final TableId T = TableId.of("p", "shop", "t");
    private static final Role VIEWER = Role.of("roles/bigquery.dataViewer");
    private static final Role EDITOR = Role.of("projects/p/roles/editor");
    private static final Identity TEAM = Identity.group("team-a@example.com");
    private static final Identity BOT = Identity.serviceAccount("bot@p.iam.gserviceaccount.com");

    @BeforeEach
    void createTable() {
        bigquery.query("CREATE TABLE shop.t (a INT64)");
    }

    @Test
    void tableWithoutAPolicyHasNoBindings() {
        Policy policy = bigquery.client().getIamPolicy(T);
        assertThat(policy.getBindings()).isEmpty();
        assertThat(policy.getEtag()).isEqualTo("ACAB");
    }

    @Test
    void policyIsKeptUntilItsTableIsDropped() throws Exception {
        Policy empty = bigquery.client().getIamPolicy(T);
        Policy written = bigquery.client()
                .setIamPolicy(
                        T,
                        empty.toBuilder()
                                .addIdentity(VIEWER, TEAM, BOT)
                                .addIdentity(EDITOR, BOT)
                                .build());
        assertThat(written.getEtag()).isNotEqualTo(empty.getEtag());
        assertThat(written.getBindings()).isEqualTo(Map.of(VIEWER, Set.of(TEAM, BOT), EDITOR, Set.of(BOT)));
        assertThat(bigquery.client().getIamPolicy(T)).isEqualTo(written);

        bigquery.restart();
        bigquery.query("ALTER TABLE shop.t ADD COLUMN b INT64");
        bigquery.client()
                .query(QueryJobConfiguration.newBuilder("SELECT 'text' AS c")
                        .setDestinationTable(T)
                        .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                        .build());
        assertThat(bigquery.client().getIamPolicy(T)).isEqualTo(written);
        bigquery.query("ALTER TABLE shop.t RENAME TO renamed");
        assertThat(bigquery.client().getIamPolicy(TableId.of("p", "shop", "renamed")))
                .isEqualTo(written);

        bigquery.query("DROP TABLE shop.renamed");
        bigquery.query("CREATE TABLE shop.renamed (a INT64)");
        assertThat(bigquery.client()
                        .getIamPolicy(TableId.of("p", "shop", "renamed"))
                        .getBindings())
                .isEmpty();
    }

    @Test
    void policyThatWasReadBeforeAnotherChangeIsRefused() {
        Policy read = bigquery.client().getIamPolicy(T);
        bigquery.client()
                .setIamPolicy(T, read.toBuilder().addIdentity(VIEWER, BOT).build());
        BigQueryException refusal = RestFixture.failure(() -> bigquery.client()
                .setIamPolicy(T, read.toBuilder().addIdentity(VIEWER, TEAM).build()));
        assertThat(refusal.getCode()).isEqualTo(412);
        assertThat(refusal.getReason()).isEqualTo("conditionNotMet");
        assertThat(refusal.getMessage())
                .isEqualTo("IAM setPolicy failed for Table p:shop.t: There were concurrent policy changes. Please retry"
                        + " the whole read-modify-write with exponential backoff.");
        assertThat(bigquery.client().getIamPolicy(T).getBindings()).isEqualTo(Map.of(VIEWER, Set.of(BOT)));

        bigquery.client()
                .setIamPolicy(T, Policy.newBuilder().addIdentity(EDITOR, TEAM).build());
        assertThat(bigquery.client().getIamPolicy(T).getBindings()).isEqualTo(Map.of(EDITOR, Set.of(TEAM)));
    }

    static Stream<Arguments> refusedPolicies() {
        Binding conditional = Binding.newBuilder()
                .setRole("roles/bigquery.dataViewer")
                .setMembers(List.of("group:a@example.com"))
                .setCondition(Condition.newBuilder()
                        .setTitle("until")
                        .setExpression("request.time < timestamp('2027-01-01T00:00:00Z')")
                        .build())
                .build();
        return Stream.of(
                Arguments.of(
                        binding("viewer", "group:a@example.com"),
                        "IAM setPolicy failed for Table p:shop.t: Role (viewer) does not exist in the resource's"
                                + " hierarchy."),
                Arguments.of(
                        binding("roles/bigquery.dataViewer", "a@example.com"),
                        "IAM setPolicy failed for Table p:shop.t: Invalid member: a@example.com"),
                Arguments.of(
                        conditional,
                        "IAM setPolicy failed for Table p:shop.t: Can't set conditional policy on policy type:"
                                + " bigquery_tables"));
    }

    private static Binding binding(String role, String member) {
        return Binding.newBuilder().setRole(role).setMembers(List.of(member)).build();
    }

    @ParameterizedTest
    @MethodSource("refusedPolicies")
    void policyThatBigQueryDoesNotAcceptIsRefused(Binding binding, String message) {
        Policy policy =
                Policy.newBuilder().setVersion(3).setBindings(List.of(binding)).build();
        BigQueryException refusal = RestFixture.failure(() -> bigquery.client().setIamPolicy(T, policy));
        assertThat(refusal.getCode()).isEqualTo(400);
        assertThat(refusal.getMessage()).isEqualTo(message);
        assertThat(bigquery.client().getIamPolicy(T).getBindings()).isEmpty();
    }

    @Test
    void unknownVersionIsRefused() {
        Policy policy = Policy.newBuilder().setVersion(2).build();
        assertThat(RestFixture.failure(() -> bigquery.client().setIamPolicy(T, policy))
                        .getMessage())
                .isEqualTo("Invalid IAM policy version: 2. Valid versions are 0, 1 and 3.");
    }

    @Test
    void tableMustExist() {
        TableId absent = TableId.of("p", "shop", "absent");
        assertThat(RestFixture.failure(() -> bigquery.client().getIamPolicy(absent))
                        .getMessage())
                .isEqualTo("Not found: Table p:shop.absent");
        assertThat(RestFixture.failure(() -> bigquery.client()
                                .setIamPolicy(absent, Policy.newBuilder().build()))
                        .getMessage())
                .isEqualTo("Not found: Table p:shop.absent");
    }

    /** BigQuery has no methods for policies of datasets: their access is a list of the dataset. */
    @Test
    void accessOfADatasetIsKept() throws IOException {
        Dataset dataset = bigquery.client().getDataset(DatasetId.of("p", "shop"));
        List<Acl> access = new ArrayList<>(dataset.getAcl() == null ? List.of() : dataset.getAcl());
        access.add(Acl.of(new Acl.Group("team-a@example.com"), Acl.Role.READER));
        Dataset changed = dataset.toBuilder().setAcl(access).build().update();
        bigquery.restart();
        Dataset read = bigquery.client().getDataset(DatasetId.of("p", "shop"));
        assertThat(read.getAcl()).isEqualTo(access);
        assertThat(read.getEtag()).isEqualTo(changed.getEtag()).isNotEqualTo(dataset.getEtag());
    }
}
