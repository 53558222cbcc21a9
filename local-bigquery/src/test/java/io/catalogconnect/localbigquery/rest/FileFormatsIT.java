package io.catalogconnect.localbigquery.rest;

import static io.catalogconnect.localbigquery.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.ExtractJobConfiguration;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loads whose schema comes from the file: Parquet, and CSV or JSON with autodetect. */
final class FileFormatsIT extends RestTest {

    private static final TableId TABLE = TableId.of("shop", "loaded");

    @TempDir
    static Path folder;

    /** A Parquet file with the rows of a query. */
    private static byte[] parquet(String query) throws Exception {
        Path file = Files.createTempFile(folder, "rows", ".parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(file);
    }

    private static WriteChannelConfiguration.Builder into(TableId table, FormatOptions format) {
        return WriteChannelConfiguration.newBuilder(table, format);
    }

    private static void load(WriteChannelConfiguration.Builder configuration, byte[] content)
            throws IOException, InterruptedException {
        TableDataWriteChannel channel = bigquery.client().writer(configuration.build());
        try (channel) {
            channel.write(ByteBuffer.wrap(content));
        }
        Objects.requireNonNull(channel.getJob().waitFor());
    }

    /** Loads a Parquet file with list inference, which Google's Java client cannot ask for in an upload. */
    private static void loadParquet(String query) throws Exception {
        String id = "load-" + UUID.randomUUID();
        String job = "{'jobReference':{'projectId':'p','location':'US','jobId':'" + id + "'},'configuration':{'load':{"
                + "'sourceFormat':'PARQUET','parquetOptions':{'enableListInference':true},'destinationTable':{'datasetId':'shop','tableId':'loaded'}}}}";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--b\r\nContent-Type: application/json\r\n\r\n" + job.replace('\'', '"')
                        + "\r\n--b\r\nContent-Type: */*\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(parquet(query));
        body.writeBytes("\r\n--b--".getBytes(StandardCharsets.UTF_8));
        HttpRequest upload = HttpRequest.newBuilder(
                        URI.create(bigquery.url("/upload/bigquery/v2/projects/p/jobs?uploadType=multipart")))
                .header("Content-Type", "multipart/related; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(upload, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        Objects.requireNonNull(bigquery.client().getJob(JobId.of(id))).waitFor();
    }

    private static String refusal(WriteChannelConfiguration.Builder configuration, byte[] content) {
        return String.valueOf(failure(() -> load(configuration, content)).getMessage());
    }

    private static String schema() {
        return Objects.requireNonNull(
                        bigquery.client().getTable(TABLE).getDefinition().getSchema())
                .getFields()
                .stream()
                .map(field -> field.getName() + " " + field.getType().getStandardType()
                        + (field.getMode() == Field.Mode.REPEATED ? "[]" : ""))
                .toList()
                .toString();
    }

    @Test
    void parquetFileGivesANewTableItsSchema() throws Exception {
        loadParquet(
                "SELECT 1::INTEGER AS i, 1.5::FLOAT AS f, 'ä' AS s, '\\x00\\xFF'::BLOB AS b, true AS t, 1.50::DECIMAL(10,2) AS num,"
                        + " 1::DECIMAL(38,10) AS big, DATE '2024-01-31' AS d, TIME '12:34:56' AS ti,"
                        + " TIMESTAMP '2024-01-31 12:00:00' AS dt, TIMESTAMPTZ '2024-01-31 12:00:00+00' AS ts, [1, 2] AS list,"
                        + " {'x': 'a', 'l': [{'y': 1}]} AS st");

        assertThat(schema())
                .isEqualTo(
                        "[i INT64, f FLOAT64, s STRING, b BYTES, t BOOL, num NUMERIC, big BIGNUMERIC, d DATE, ti TIME, dt DATETIME,"
                                + " ts TIMESTAMP, list INT64[], st STRUCT]");
        assertThat(
                        bigquery.rows(
                                "SELECT i, f, s, TO_HEX(b), t, num, big, d, ti, dt, UNIX_SECONDS(ts), list[OFFSET(1)], st.l[OFFSET(0)].y FROM shop.loaded"))
                .containsExactly("1,1.5,ä,00ff,true,1.5,1,2024-01-31,12:34:56,2024-01-31T12:00:00,1706702400,2,1");
    }

    @Test
    void parquetColumnsAreFoundByName() throws Exception {
        bigquery.query(
                "CREATE TABLE shop.loaded (n INT64 NOT NULL, tags ARRAY<STRING>, ts TIMESTAMP, day DATE) PARTITION BY day");

        loadParquet("SELECT DATE '2024-01-31' AS day, TIMESTAMP '2024-01-31 12:00:00' AS ts, 1::TINYINT AS n");
        loadParquet("SELECT 2 AS n, NULL::VARCHAR[] AS tags");

        assertThat(bigquery.rows("SELECT n, ARRAY_LENGTH(tags), UNIX_SECONDS(ts), day FROM shop.loaded ORDER BY n"))
                .containsExactly("1,0,1706702400,2024-01-31", "2,0,null,null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 'a' AS n            | Provided Schema does not match Table p:shop.loaded. Field n has changed type from INTEGER to STRING",
                "SELECT [1] AS n            | Provided Schema does not match Table p:shop.loaded. Field n has changed mode from REQUIRED to REPEATED",
                "SELECT 1 AS n, 1 AS other  | Provided Schema does not match Table p:shop.loaded. Cannot add fields (field: other)",
                "SELECT NULL::BIGINT AS n   | Error while reading data, error message: Required field n cannot be null",
                "SELECT MAP {'a': 1} AS n   | Unsupported: local-bigquery cannot load column n of a Parquet file: MAP(VARCHAR, INTEGER)",
                "SELECT [[1]] AS n          | Unsupported: local-bigquery cannot load column n of a Parquet file: a list of lists"
            })
    void parquetFileThatDoesNotFitIsRefused(String query, String message) throws Exception {
        bigquery.query("CREATE TABLE shop.loaded (n INT64 NOT NULL)");

        assertThat(failure(() -> loadParquet(query)).getMessage()).isEqualTo(message);
        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.loaded")).containsExactly("0");
    }

    @Test
    void listNeedsListInference() throws Exception {
        assertThat(refusal(into(TABLE, FormatOptions.parquet()), parquet("SELECT [1] AS n")))
                .isEqualTo("Unsupported: local-bigquery cannot load column n of a Parquet file: a list without"
                        + " parquetOptions.enableListInference");
        assertThat(refusal(into(TABLE, FormatOptions.parquet()), "x".getBytes(StandardCharsets.UTF_8)))
                .startsWith("Error while reading data, error message: the file is not a valid Parquet file: ");
    }

    @Test
    void autodetectMakesTheTableAndKeepsTheTypesOfItsColumns() throws Exception {
        WriteChannelConfiguration.Builder csv = into(TABLE, FormatOptions.csv()).setAutodetect(true);
        load(csv, "id,name\n1,a\n".getBytes(StandardCharsets.UTF_8));
        load(csv, "name,id\nx,2\n2,3\n".getBytes(StandardCharsets.UTF_8));
        load(
                into(TABLE, FormatOptions.json()).setAutodetect(true),
                "{\"name\":4,\"id\":\"4\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(schema()).isEqualTo("[id INT64, name STRING]");
        assertThat(bigquery.rows("SELECT id, name FROM shop.loaded ORDER BY id"))
                .containsExactly("1,a", "2,x", "3,2", "4,4");
    }

    @Test
    void autodetectWithTruncateReplacesTheSchema() throws Exception {
        bigquery.query("CREATE TABLE shop.loaded (id STRING)");

        load(
                into(TABLE, FormatOptions.json())
                        .setAutodetect(true)
                        .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE),
                "{\"id\":1}".getBytes(StandardCharsets.UTF_8));

        assertThat(schema()).isEqualTo("[id INT64]");
    }

    @Test
    void givenSchemaIsUsedForParquet() throws Exception {
        load(
                into(TABLE, FormatOptions.parquet())
                        .setSchema(Schema.of(
                                Field.of("id", StandardSQLTypeName.INT64), Field.of("doc", StandardSQLTypeName.JSON))),
                parquet("SELECT '{\"a\":1}' AS doc, 1 AS id"));

        assertThat(bigquery.rows("SELECT id, JSON_VALUE(doc, '$.a') FROM shop.loaded"))
                .containsExactly("1,1");
    }

    @Test
    void otherFormatsAndExtractJobsAreRefusedByName() {
        assertThat(refusal(into(TABLE, FormatOptions.orc()), new byte[1]))
                .isEqualTo("Unsupported: source format ORC; local-bigquery loads CSV, NEWLINE_DELIMITED_JSON, PARQUET");
        assertThat(failure(() -> bigquery.client()
                                .create(JobInfo.of(ExtractJobConfiguration.of(TABLE, "gs://bucket/file.csv"))))
                        .getMessage())
                .isEqualTo("Unsupported: local-bigquery has no extract jobs");
    }
}
