package io.catalogconnect.localbigquery.rest;

import static io.catalogconnect.localbigquery.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.ExtractJobConfiguration;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.SchemaUpdateOption;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
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
                        .setSchema(com.google.cloud.bigquery.Schema.of(
                                Field.of("id", StandardSQLTypeName.INT64), Field.of("doc", StandardSQLTypeName.JSON))),
                parquet("SELECT '{\"a\":1}' AS doc, 1 AS id"));

        assertThat(bigquery.rows("SELECT id, JSON_VALUE(doc, '$.a') FROM shop.loaded"))
                .containsExactly("1,1");
    }

    /** An Avro file with one row, as Avro's own writer writes it. */
    private static byte[] avro(String fields, String row) throws IOException {
        Schema schema = new Schema.Parser()
                .parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GenericDatumWriter<Object> writer = new GenericDatumWriter<>(schema);
        try (DataFileWriter<Object> file = new DataFileWriter<>(writer)) {
            file.setCodec(CodecFactory.deflateCodec(9)).create(schema, out);
            file.append(new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, row.replace('\'', '"'))));
        }
        return out.toByteArray();
    }

    private static WriteChannelConfiguration.Builder avroInto(TableId table) {
        return into(table, FormatOptions.avro()).setUseAvroLogicalTypes(true);
    }

    @Test
    void avroFileGivesANewTableItsSchema() throws Exception {
        byte[] file = avro(
                "{'name':'i','type':'int'},{'name':'f','type':['null','double']},{'name':'s','type':'string'},{'name':'b','type':'bytes'},"
                        + "{'name':'t','type':'boolean'},{'name':'num','type':{'type':'bytes','logicalType':'decimal','precision':10,'scale':2}},"
                        + "{'name':'d','type':{'type':'int','logicalType':'date'}},"
                        + "{'name':'ts','type':['null',{'type':'long','logicalType':'timestamp-micros'}]},"
                        + "{'name':'missing','type':['null','string']},{'name':'list','type':{'type':'array','items':'long'}},"
                        + "{'name':'st','type':{'type':'record','name':'S','fields':[{'name':'x','type':'string'},"
                        + "{'name':'l','type':{'type':'array','items':{'type':'record','name':'E','fields':[{'name':'y','type':'long'}]}}}]}}",
                "{'i':1,'f':{'double':1.5},'s':'ä','b':'\\u0000\\u00ff','t':true,'num':'\\u0000\\u0096','d':-1,'ts':{'long':1706702400000000},"
                        + "'missing':null,'list':[1,2],'st':{'x':'a','l':[{'y':1}]}}");

        load(avroInto(TABLE), file);
        load(into(TableId.of("shop", "raw"), FormatOptions.avro()), file);

        assertThat(schema())
                .isEqualTo(
                        "[i INT64, f FLOAT64, s STRING, b BYTES, t BOOL, num NUMERIC, d DATE, ts TIMESTAMP, missing STRING,"
                                + " list INT64[], st STRUCT]");
        assertThat(
                        bigquery.rows(
                                "SELECT i, f, s, TO_HEX(b), t, num, d, UNIX_SECONDS(ts), missing, list[OFFSET(1)], st.l[OFFSET(0)].y FROM shop.loaded"))
                .containsExactly("1,1.5,ä,00ff,true,1.5,1969-12-31,1706702400,null,2,1");
        assertThat(bigquery.rows("SELECT TO_HEX(num), d, ts FROM shop.raw"))
                .containsExactly("0096,-1,1706702400000000");
        assertThat(bigquery.rows("SELECT column_name FROM shop.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'loaded'"
                        + " AND is_nullable = 'YES' ORDER BY ordinal_position"))
                .contains("f", "ts", "missing")
                .doesNotContain("i", "s");
    }

    @Test
    void avroFieldsAreFoundByName() throws Exception {
        bigquery.query("CREATE TABLE shop.loaded (note STRING DEFAULT 'none', st STRUCT<b STRING, extra INT64, a JSON>,"
                + " day DATE, big BIGNUMERIC, list ARRAY<STRUCT<y INT64, x INT64>>) PARTITION BY day");

        load(
                avroInto(TABLE),
                avro(
                        "{'name':'DAY','type':{'type':'int','logicalType':'date'}},"
                                + "{'name':'st','type':{'type':'record','name':'S','fields':[{'name':'a','type':'string'},{'name':'b','type':'string'}]}},"
                                + "{'name':'big','type':{'type':'bytes','logicalType':'decimal','precision':10,'scale':2}},"
                                + "{'name':'list','type':{'type':'array','items':{'type':'record','name':'E','fields':[{'name':'x','type':'long'}]}}}",
                        "{'DAY':0,'st':{'a':'[1]','b':'text'},'big':'\\u0064','list':[{'x':5}]}"));

        assertThat(bigquery.rows(
                        "SELECT note, JSON_VALUE(st.a, '$[0]'), st.b, st.extra, day, big, list[OFFSET(0)].x, list[OFFSET(0)].y"
                                + " FROM shop.loaded"))
                .containsExactly("none,1,text,null,1970-01-01,1,5,null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'string'           | 'a'          | Provided Schema does not match Table p:shop.loaded. Field n has changed type from INTEGER to STRING",
                "['null','long']    | {'long': 1}  | Provided Schema does not match Table p:shop.loaded. Field n has changed mode from REQUIRED to NULLABLE",
                "{'type':'array','items':'long'} | [1] | Provided Schema does not match Table p:shop.loaded. Field n has changed mode from REQUIRED to REPEATED",
                "{'type':'record','name':'S','fields':[{'name':'x','type':'long'}]} | {'x':1} | Provided Schema does not match Table p:shop.loaded. Field n has changed type from INTEGER to RECORD",
                "['long','string']  | {'long': 1}  | Unsupported: local-bigquery cannot load field n of an Avro file: a union of several types",
                "'long'},{'name':'o','type':'long' | 1, 'o': 1 | Provided Schema does not match Table p:shop.loaded. Cannot add fields (field: o)",
                "'long'},{'name':'s','type':'string' | 1, 's': 'long' | Error while reading data, error message: Field s: STRING(3) has maximum length 3 but got a value with length 4 on field s.",
                "'long'},{'name':'j','type':'string' | 1, 'j': '{' | Error while reading data, error message: Could not parse '{' as JSON"
            })
    void avroFileThatDoesNotFitIsRefused(String type, String value, String message) throws Exception {
        bigquery.query("CREATE TABLE shop.loaded (n INT64 NOT NULL, s STRING(3), j JSON)");

        assertThat(refusal(avroInto(TABLE), avro("{'name':'n','type':" + type + "}", "{'n': " + value + "}")))
                .isEqualTo(message);
        assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.loaded")).containsExactly("0");
    }

    @Test
    void damagedAvroFileIsRefused() throws Exception {
        byte[] file = avro("{'name':'n','type':'long'}", "{'n':1}");

        assertThat(refusal(avroInto(TABLE), Arrays.copyOf(file, file.length - 1)))
                .isEqualTo(
                        "Error while reading data, error message: The Apache Avro library failed to read data with the"
                                + " following error: EOF reached");
        assertThat(refusal(avroInto(TABLE), "n\n1\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        "Error while reading data, error message: The Apache Avro library failed to parse the header with"
                                + " the following error: Invalid data file. Magic does not match");
    }

    @Test
    void unknownFieldsAreIgnoredIfTheJobSaysSo() throws Exception {
        bigquery.query("CREATE TABLE shop.loaded (n INT64)");

        load(
                into(TABLE, FormatOptions.avro()).setIgnoreUnknownValues(true),
                avro("{'name':'o','type':'string'},{'name':'n','type':'long'}", "{'o':'x','n':1}"));
        load(into(TABLE, FormatOptions.parquet()).setIgnoreUnknownValues(true), parquet("SELECT 'x' AS o, 2 AS n"));
        load(
                into(TABLE, FormatOptions.json()).setAutodetect(true).setIgnoreUnknownValues(true),
                "{\"o\":\"x\",\"n\":3}".getBytes(StandardCharsets.UTF_8));

        assertThat(schema()).isEqualTo("[n INT64]");
        assertThat(bigquery.rows("SELECT n FROM shop.loaded ORDER BY n")).containsExactly("1", "2", "3");
    }

    @Test
    void fieldsAreAddedAndRelaxedIfTheJobSaysSo() throws Exception {
        bigquery.query("CREATE TABLE shop.loaded (n INT64 NOT NULL, st STRUCT<x INT64>)");
        List<SchemaUpdateOption> both =
                List.of(SchemaUpdateOption.ALLOW_FIELD_ADDITION, SchemaUpdateOption.ALLOW_FIELD_RELAXATION);

        load(
                avroInto(TABLE).setSchemaUpdateOptions(both),
                avro(
                        "{'name':'n','type':['null','long']},{'name':'st','type':{'type':'record','name':'S','fields':[{'name':'y','type':['null','long']}]}}",
                        "{'n':null,'st':{'y':{'long':1}}}"));
        load(into(TABLE, FormatOptions.parquet()).setSchemaUpdateOptions(both), parquet("SELECT 2 AS n, 'p' AS o"));
        load(
                into(TABLE, FormatOptions.json()).setAutodetect(true).setSchemaUpdateOptions(both),
                "{\"n\":3,\"st\":{\"z\":\"j\"}}".getBytes(StandardCharsets.UTF_8));

        assertThat(bigquery.rows("SELECT n, st.x, st.y, o, st.z FROM shop.loaded ORDER BY n"))
                .containsExactly("null,null,1,null,null", "2,null,null,p,null", "3,null,null,null,j");
    }

    @Test
    void otherFormatsAndExtractJobsAreRefusedByName() {
        assertThat(refusal(into(TABLE, FormatOptions.orc()), new byte[1]))
                .isEqualTo(
                        "Unsupported: source format ORC; local-bigquery loads CSV, NEWLINE_DELIMITED_JSON, AVRO, PARQUET");
        assertThat(failure(() -> bigquery.client()
                                .create(JobInfo.of(ExtractJobConfiguration.of(TABLE, "gs://bucket/file.csv"))))
                        .getMessage())
                .isEqualTo("Unsupported: local-bigquery has no extract jobs");
    }
}
