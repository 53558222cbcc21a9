package io.catalogconnect.localbigquery.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.Policy;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CopyJobConfiguration;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.localbigquery.TestClients;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which permissions each operation needs, and how it is refused without them. */
final class PermissionsIT extends RestTest {

    /** An operation of a client. */
    @FunctionalInterface
    private interface Operation {
        void run(BigQuery rest, BigQueryWriteClient write) throws Exception;
    }

    private static final TableId T = TableId.of("p", "shop", "t");
    private static final TableId NEW = TableId.of("p", "shop", "new");
    private static final Schema SCHEMA = Schema.of(Field.of("a", StandardSQLTypeName.INT64));
    private static final String STREAMS = "projects/p/datasets/shop/tables/t";

    @SuppressWarnings("NullAway.Init")
    private static LocalBigQuery server;

    @SuppressWarnings("NullAway.Init")
    private static BigQueryWriteClient write;

    @BeforeAll
    static void connectWrite(LocalBigQuery bigquery) throws IOException {
        server = bigquery;
        write = TestClients.storage(bigquery.storageEndpoint());
    }

    @AfterAll
    static void disconnect() {
        write.close();
    }

    @BeforeEach
    void createTable() {
        bigquery.query("CREATE TABLE shop.t (a INT64) OPTIONS (description = 'before')");
        bigquery.query("CREATE TABLE shop.other (a INT64)");
        bigquery.query("INSERT shop.other VALUES (1)");
    }

    @AfterEach
    void permitAll() {
        server.permissions().permitAll();
    }

    private static String onTable(String permission, String table) {
        return "Access Denied: Table p:shop." + table + ": Permission " + permission + " denied on table p:shop."
                + table + " (or it may not exist).";
    }

    private static String onDataset(String permission) {
        return "Access Denied: Dataset p:shop: Permission " + permission
                + " denied on dataset p:shop (or it may not exist).";
    }

    private static String onProject(String permission) {
        return "Access Denied: Project p: User does not have " + permission + " permission in project p.";
    }

    private static String queried(String table) {
        return "Access Denied: Table p:shop." + table + ": User does not have permission to query table p:shop." + table
                + ", or perhaps it does not exist.";
    }

    /** Each operation with its permissions and the message without each of them. */
    static Stream<Arguments> operations() {
        String createJob = onProject("bigquery.jobs.create");
        String create = onDataset("bigquery.tables.create");
        String updateData = onTable("bigquery.tables.updateData", "t");
        String unknownToWriteApi = "PERMISSION_DENIED: Permission 'TABLES_UPDATE_DATA' denied on resource '" + STREAMS
                + "' (or it may not exist).";
        return Stream.of(
                operation(
                        "tables.get",
                        (rest, w) -> rest.getTable(T),
                        "bigquery.tables.get",
                        onTable("bigquery.tables.get", "t")),
                operation(
                        "tables.list",
                        (rest, w) -> rest.listTables("shop"),
                        "bigquery.tables.list",
                        onDataset("bigquery.tables.list")),
                operation(
                        "tables.getIamPolicy",
                        (rest, w) -> rest.getIamPolicy(T),
                        "bigquery.tables.getIamPolicy",
                        onTable("bigquery.tables.getIamPolicy", "t")),
                operation(
                        "tables.setIamPolicy",
                        (rest, w) -> rest.setIamPolicy(T, Policy.newBuilder().build()),
                        "bigquery.tables.setIamPolicy",
                        onTable("bigquery.tables.setIamPolicy", "t")),
                operation("tables.insert", (rest, w) -> rest.create(table(SCHEMA)), "bigquery.tables.create", create),
                operation(
                        "tables.insert with a policy tag",
                        (rest, w) -> rest.create(table(tagged())),
                        "bigquery.tables.create",
                        create,
                        "bigquery.tables.setCategory",
                        onTable("bigquery.tables.setCategory", "new")),
                operation(
                        "tables.patch",
                        (rest, w) -> rest.update(TableInfo.newBuilder(T, StandardTableDefinition.of(SCHEMA))
                                .setDescription("x")
                                .build()),
                        "bigquery.tables.update",
                        onTable("bigquery.tables.update", "t")),
                operation(
                        "tables.patch with a policy tag",
                        (rest, w) -> rest.update(TableInfo.of(T, StandardTableDefinition.of(tagged()))),
                        "bigquery.tables.update",
                        onTable("bigquery.tables.update", "t"),
                        "bigquery.tables.setCategory",
                        onTable("bigquery.tables.setCategory", "t")),
                operation(
                        "tables.delete",
                        (rest, w) -> rest.delete(T),
                        "bigquery.tables.delete",
                        onTable("bigquery.tables.delete", "t")),
                operation(
                        "tabledata.list",
                        (rest, w) -> rest.listTableData(T, SCHEMA),
                        "bigquery.tables.getData",
                        onTable("bigquery.tables.getData", "t")),
                operation(
                        "tabledata.insertAll",
                        (rest, w) -> rest.insertAll(InsertAllRequest.newBuilder(T)
                                .addRow(Map.of("a", 1))
                                .build()),
                        "bigquery.tables.updateData",
                        updateData),
                operation(
                        "datasets.get",
                        (rest, w) -> rest.getDataset("shop"),
                        "bigquery.datasets.get",
                        onDataset("bigquery.datasets.get")),
                operation(
                        "datasets.insert",
                        (rest, w) -> rest.create(DatasetInfo.of("second")),
                        "bigquery.datasets.create",
                        onProject("bigquery.datasets.create")),
                operation(
                        "datasets.patch",
                        (rest, w) -> rest.update(DatasetInfo.of("shop")),
                        "bigquery.datasets.update",
                        onDataset("bigquery.datasets.update")),
                operation(
                        "datasets.delete",
                        (rest, w) -> rest.delete("shop", DatasetDeleteOption.deleteContents()),
                        "bigquery.datasets.delete",
                        onDataset("bigquery.datasets.delete")),
                statement("SELECT a FROM shop.t", "bigquery.tables.getData", queried("t")),
                statement("SELECT 1"),
                statement("INSERT shop.t VALUES (1)", "bigquery.tables.updateData", updateData),
                statement(
                        "INSERT shop.t SELECT a FROM shop.other",
                        "bigquery.tables.getData",
                        queried("other"),
                        "bigquery.tables.updateData",
                        updateData),
                statement(
                        "DELETE shop.t WHERE a = 1",
                        "bigquery.tables.getData",
                        queried("t"),
                        "bigquery.tables.updateData",
                        updateData),
                statement("CREATE TABLE shop.new (a INT64)", "bigquery.tables.create", create),
                statement(
                        "CREATE TABLE shop.new AS SELECT a FROM shop.t",
                        "bigquery.tables.getData",
                        queried("t"),
                        "bigquery.tables.create",
                        create),
                statement("CREATE VIEW shop.new AS SELECT 1 AS a", "bigquery.tables.create", create),
                statement("DROP TABLE shop.t", "bigquery.tables.delete", onTable("bigquery.tables.delete", "t")),
                statement(
                        "ALTER TABLE shop.t ADD COLUMN b INT64",
                        "bigquery.tables.get",
                        onTable("bigquery.tables.get", "t"),
                        "bigquery.tables.update",
                        onTable("bigquery.tables.update", "t")),
                statement("CREATE SCHEMA second", "bigquery.datasets.create", onProject("bigquery.datasets.create")),
                statement(
                        "DROP SCHEMA shop CASCADE", "bigquery.datasets.delete", onDataset("bigquery.datasets.delete")),
                operation(
                        "query with a destination",
                        (rest, w) -> runJob(rest, toTable(JobInfo.CreateDisposition.CREATE_NEVER)),
                        "bigquery.jobs.create",
                        createJob,
                        "bigquery.tables.getData",
                        queried("other"),
                        "bigquery.tables.updateData",
                        updateData),
                operation(
                        "query with a destination that may be created",
                        (rest, w) -> runJob(rest, toTable(JobInfo.CreateDisposition.CREATE_IF_NEEDED)),
                        "bigquery.jobs.create",
                        createJob,
                        "bigquery.tables.getData",
                        queried("other"),
                        "bigquery.tables.create",
                        create,
                        "bigquery.tables.updateData",
                        updateData),
                operation(
                        "copy",
                        (rest, w) -> runJob(
                                rest,
                                JobInfo.of(CopyJobConfiguration.newBuilder(T, TableId.of("p", "shop", "other"))
                                        .setCreateDisposition(JobInfo.CreateDisposition.CREATE_NEVER)
                                        .build())),
                        "bigquery.jobs.create",
                        createJob,
                        "bigquery.tables.getData",
                        onTable("bigquery.tables.getData", "other"),
                        "bigquery.tables.updateData",
                        updateData),
                operation(
                        "load",
                        (rest, w) -> load(rest),
                        "bigquery.jobs.create",
                        createJob,
                        "bigquery.tables.create",
                        create,
                        "bigquery.tables.updateData",
                        updateData),
                operation(
                        "CreateWriteStream, GetWriteStream, FinalizeWriteStream",
                        (rest, w) -> {
                            String stream = TestClients.stream(w, STREAMS, WriteStream.Type.COMMITTED)
                                    .getName();
                            w.getWriteStream(stream);
                            w.finalizeWriteStream(stream);
                        },
                        "bigquery.tables.updateData",
                        unknownToWriteApi));
    }

    private static Arguments operation(String name, Operation operation, String... permissionsAndMessages) {
        return Arguments.of(name, operation, List.of(permissionsAndMessages));
    }

    private static Arguments statement(String sql, String... permissionsAndMessages) {
        List<String> all = new ArrayList<>(List.of("bigquery.jobs.create", onProject("bigquery.jobs.create")));
        all.addAll(List.of(permissionsAndMessages));
        return Arguments.of(sql, (Operation) (rest, w) -> rest.query(QueryJobConfiguration.of(sql)), all);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void operationNeedsTheListedPermissionsAndNoOthers(String name, Operation operation, List<String> expected) {
        List<String> permissions = new ArrayList<>();
        for (int i = 0; i < expected.size(); i += 2) {
            permissions.add(expected.get(i));
        }
        for (int i = 0; i < permissions.size(); i++) {
            List<String> others = new ArrayList<>(permissions);
            others.remove(i);
            server.permissions().permitOnly(others);
            String message = expected.get(2 * i + 1);
            assertThatThrownBy(() -> operation.run(bigquery.client(), write))
                    .as("%s without %s", name, permissions.get(i))
                    .satisfies(refusal -> assertDenied(refusal, message));
        }
        server.permissions().permitOnly(permissions);
        assertThatCode(() -> operation.run(bigquery.client(), write)).as(name).doesNotThrowAnyException();
    }

    private static void assertDenied(Throwable refusal, String message) {
        if (refusal instanceof BigQueryException rest) {
            assertThat(rest.getCode()).isEqualTo(403);
            // Google's client does not read the error of an upload.
            assertThat(rest.getReason()).isIn("accessDenied", null);
            assertThat(rest.getMessage()).contains(message);
        } else {
            assertThat(refusal).isInstanceOf(ApiException.class).hasMessageEndingWith(message);
            assertThat(((ApiException) refusal).getStatusCode().getCode()).isEqualTo(StatusCode.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void grantAppliesToItsResourceAndEverythingBelow() throws Exception {
        bigquery.client().create(DatasetInfo.of("second"));
        bigquery.query("CREATE TABLE second.t (a INT64)");
        server.permissions()
                .permitOnly(List.of(
                        "# the team's dataset",
                        "",
                        "bigquery.jobs.create projects/p",
                        "bigquery.tables.getData projects/p/datasets/shop",
                        "bigquery.tables.updateData   projects/p/datasets/shop/tables/t"));

        bigquery.query("INSERT shop.t SELECT a FROM shop.other");
        assertThat(bigquery.rows("SELECT a FROM shop.t")).containsExactly("1");
        assertThat(bigquery.refusal("INSERT shop.other VALUES (2)").getMessage())
                .isEqualTo(onTable("bigquery.tables.updateData", "other"));
        assertThat(bigquery.refusal("SELECT a FROM second.t").getMessage())
                .isEqualTo(
                        "Access Denied: Table p:second.t: User does not have permission to query table p:second.t, or"
                                + " perhaps it does not exist.");
        assertThat(bigquery.refusal("SELECT a FROM shop.none").getMessage()).startsWith("Not found: Table p:shop.none");
    }

    @Test
    void testedPermissionsAreThoseOfTheTable() {
        List<String> asked = List.of("bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.delete");
        assertThat(bigquery.client().testIamPermissions(T, asked)).isEqualTo(asked);
        server.permissions()
                .permitOnly(List.of(
                        "bigquery.tables.get projects/p",
                        "bigquery.tables.getData projects/p/datasets/shop/tables/t",
                        "bigquery.tables.delete projects/p/datasets/shop/tables/other"));

        assertThat(bigquery.client().testIamPermissions(T, asked))
                .containsExactly("bigquery.tables.get", "bigquery.tables.getData");
        assertThat(bigquery.client().testIamPermissions(TableId.of("p", "shop", "other"), asked))
                .containsExactly("bigquery.tables.get", "bigquery.tables.delete");
        assertThat(bigquery.client().testIamPermissions(TableId.of("p", "shop", "none"), asked))
                .isNullOrEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bigquery.tables",
                "tables.get",
                "bigquery.tables.get projects/p/datasets",
                "bigquery.tables.get p:d",
                "bigquery.tables.*",
                "bigquery.tables.get projects/p projects/q"
            })
    void lineThatIsNoGrantIsRefused(String line) {
        assertThatThrownBy(() -> server.permissions().permitOnly(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + line
                        + "' grants no permission. Each line must be a permission, and optionally a resource:"
                        + " bigquery.tables.get projects/p/datasets/d");
    }

    private static TableInfo table(Schema schema) {
        return TableInfo.of(NEW, StandardTableDefinition.of(schema));
    }

    private static Schema tagged() {
        return Schema.of(Field.newBuilder("a", StandardSQLTypeName.INT64)
                .setPolicyTags(PolicyTags.newBuilder()
                        .setNames(List.of("projects/p/locations/us/taxonomies/1/policyTags/2"))
                        .build())
                .build());
    }

    private static JobInfo toTable(JobInfo.CreateDisposition creates) {
        return JobInfo.of(QueryJobConfiguration.newBuilder("SELECT a FROM shop.other")
                .setDestinationTable(T)
                .setCreateDisposition(creates)
                .setWriteDisposition(JobInfo.WriteDisposition.WRITE_APPEND)
                .build());
    }

    private static void runJob(BigQuery rest, JobInfo job) throws InterruptedException {
        assertThat(rest.create(job).waitFor().getStatus().getError()).isNull();
    }

    private static void load(BigQuery rest) throws IOException, InterruptedException {
        WriteChannelConfiguration configuration = WriteChannelConfiguration.newBuilder(T)
                .setFormatOptions(FormatOptions.csv())
                .build();
        TableDataWriteChannel channel = rest.writer(configuration);
        try (channel) {
            channel.write(ByteBuffer.wrap("1\n".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(channel.getJob().waitFor().getStatus().getError()).isNull();
    }
}
