package io.catalogconnect.localbigquery.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BQTableSchemaToProtoDescriptor;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import io.catalogconnect.localbigquery.TestClients;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A dataset for the tests of a class, in local-bigquery or BigQuery. Each test creates its own tables in it. It is deleted after the last test. */
final class ContractDataset implements BeforeAllCallback, AfterAllCallback {
    /** Maximum time until the Write API knows a new table or a changed schema. */
    private static final Duration PROPAGATION = Duration.ofMinutes(15);

    private final String name = "contract_" + UUID.randomUUID().toString().replace("-", "");
    private int tables;

    @SuppressWarnings("NullAway.Init")
    private Endpoint endpoint;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        endpoint = Endpoint.chosen();
        rest().create(DatasetInfo.newBuilder(name).setLocation("US").build());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        rest().delete(DatasetId.of(name), DatasetDeleteOption.deleteContents());
        endpoint.close();
    }

    BigQuery rest() {
        return endpoint.rest();
    }

    BigQueryWriteClient storage() {
        return endpoint.storage();
    }

    String project() {
        return rest().getOptions().getProjectId();
    }

    /** The table with this id in the dataset. */
    TableId id(String table) {
        return TableId.of(project(), name, table);
    }

    String path(TableId table) {
        return "projects/" + table.getProject() + "/datasets/" + table.getDataset() + "/tables/" + table.getTable();
    }

    /** Creates a table. The definition is the part of CREATE TABLE after the name. */
    TableId table(String definition) throws InterruptedException {
        TableId table = id("t" + tables++);
        query("CREATE TABLE " + table.getTable() + " " + definition);
        return table;
    }

    private QueryJobConfiguration statement(String sql) {
        return QueryJobConfiguration.newBuilder(sql)
                .setDefaultDataset(name)
                .setUseLegacySql(false)
                .build();
    }

    /** The rows of a statement. See {@link TestClients#rows}. */
    List<String> query(String sql) throws InterruptedException {
        return TestClients.rows(rest().query(statement(sql)));
    }

    /** The statistics of the job of a statement. */
    QueryStatistics statistics(String sql) throws InterruptedException {
        Job job = rest().create(JobInfo.of(statement(sql))).waitFor();
        return Objects.requireNonNull(job).getStatistics();
    }

    /** The number of bytes that a statement would read. */
    long dryRun(String sql) {
        QueryJobConfiguration dry = statement(sql).toBuilder()
                .setDryRun(true)
                .setUseQueryCache(false)
                .build();
        QueryStatistics statistics = rest().create(JobInfo.of(dry)).getStatistics();
        return Objects.requireNonNull(statistics.getTotalBytesProcessed());
    }

    BigQueryException refusal(String sql) {
        return Assertions.catchThrowableOfType(BigQueryException.class, () -> query(sql));
    }

    /** Repeats a call until its result is the expected one, because changes take time to propagate in BigQuery. */
    <T> T onceSpread(Callable<T> call, Predicate<T> awaited) {
        return spreading().until(call, awaited);
    }

    /** Repeats a call until the Write API knows the table, because a new table may be unknown to it for a while. */
    private static <T> T onceKnown(Callable<T> call) {
        return spreading()
                .ignoreExceptionsMatching(e -> e instanceof PermissionDeniedException || e instanceof NotFoundException)
                .until(call, Objects::nonNull);
    }

    private static ConditionFactory spreading() {
        return await().atMost(PROPAGATION).pollInterval(Duration.ofMillis(200)).pollDelay(Duration.ZERO);
    }

    WriteStream stream(TableId table, WriteStream.Type type) {
        return onceKnown(() -> TestClients.stream(storage(), path(table), type));
    }

    String defaultStream(TableId table) {
        return path(table) + "/streams/_default";
    }

    private TableSchema schema(TableId table) {
        return onceKnown(() -> storage()
                        .getWriteStream(GetWriteStreamRequest.newBuilder()
                                .setName(defaultStream(table))
                                .setView(WriteStreamView.FULL)
                                .build()))
                .getTableSchema();
    }

    Descriptor descriptor(TableId table) throws DescriptorValidationException {
        return BQTableSchemaToProtoDescriptor.convertBQTableSchemaToProtoDescriptor(schema(table));
    }

    StreamWriter writer(String stream, Descriptor descriptor) throws IOException {
        return TestClients.writer(storage(), stream, descriptor);
    }

    static long offset(AppendRowsResponse response) {
        return response.getAppendResult().getOffset().getValue();
    }

    /**
     * Asserts that an error message contains its public part, and against local-bigquery that it is exactly the whole message.
     *
     * @param settled beginning of the message, known from the documentation or tests of Google; may be empty
     * @param rest the rest of the message in local-bigquery
     */
    void assertSays(Throwable error, String settled, String rest) {
        assertSays(Objects.requireNonNull(error.getMessage()), settled, rest);
    }

    /** Same for a message without an exception. */
    void assertSays(String message, String settled, String rest) {
        if (endpoint.wordForWord()) {
            assertThat(message).isEqualTo(settled + rest);
        } else {
            assertThat(message).contains(settled);
        }
    }
}
