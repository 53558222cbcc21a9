package io.catalogconnect.localbigquery.rest;

import static io.catalogconnect.localbigquery.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CsvOptions;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo.SchemaUpdateOption;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadIT extends RestTest {

    private static final TableId DAILY = TableId.of("shop", "daily");
    private static final Schema SCHEMA = Schema.of(
            Field.of("brand", StandardSQLTypeName.STRING),
            Field.of("n", StandardSQLTypeName.INT64),
            Field.of("day", StandardSQLTypeName.DATE));

    @BeforeEach
    void createTable() {
        bigquery.query("CREATE TABLE shop.daily (brand STRING, n INT64, day DATE) PARTITION BY day");
    }

    private Job load(WriteChannelConfiguration configuration, byte[] content) throws IOException, InterruptedException {
        return load(JobId.of(), configuration, content);
    }

    private Job load(JobId id, WriteChannelConfiguration configuration, byte[] content)
            throws IOException, InterruptedException {
        TableDataWriteChannel channel = bigquery.client().writer(id, configuration);
        try (channel) {
            channel.setChunkSize(256 * 1024);
            channel.write(ByteBuffer.wrap(content));
        }
        return Objects.requireNonNull(channel.getJob().waitFor());
    }

    /** Why a load fails. */
    private String refusal(WriteChannelConfiguration configuration, byte[] content) {
        return String.valueOf(failure(() -> load(configuration, content)).getMessage());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static WriteChannelConfiguration.Builder into(TableId table, FormatOptions format) {
        return WriteChannelConfiguration.newBuilder(table, format);
    }

    private List<String> daily() {
        return bigquery.rows("SELECT brand, n, day FROM shop.daily ORDER BY n");
    }

    @Test
    void csvLoadReadsQuotesNullsAndByteOrderMark() throws Exception {
        CsvOptions csv = CsvOptions.newBuilder()
                .setSkipLeadingRows(1)
                .setAllowQuotedNewLines(true)
                .build();
        String text = "\ufeffbrand,n,day\r\n\"a, \"\"b\"\"\nc\",1,2024-01-01\r\n,2,\r\n😀,,2024-1-2\r\n";

        Job job = load(into(DAILY, csv).build(), bytes(text));

        assertThat(job.getStatus().getError()).isNull();
        LoadStatistics statistics = job.getStatistics();
        assertThat(statistics.getOutputRows()).isEqualTo(3);
        assertThat(statistics.getInputBytes()).isEqualTo(bytes(text).length);
        assertThat(daily()).containsExactly("😀,null,2024-01-02", "a, \"b\"\nc,1,2024-01-01", ",2,null");
    }

    @Test
    void malformedRowFailsTheLoadAndIsNamed() throws Exception {
        BigQueryException failure = failure(
                () -> load(into(DAILY, FormatOptions.csv()).build(), bytes("a,1,2024-01-01\nb,x,2024-01-01\n")));

        assertThat(failure.getReason()).isEqualTo("invalid");
        assertThat(failure.getMessage())
                .isEqualTo(
                        "Error while reading data, error message: CSV table encountered too many errors, giving up. Rows: 2; errors: 1. Please look"
                                + " into the errors[] collection for more details. Row 2: Could not parse 'x' as INT64 for field n (position 1)");
        assertThat(daily()).isEmpty();
    }

    @Test
    void rowWithTooFewOrTooManyFieldsFailsUnlessTheJobAllowsIt() throws Exception {
        byte[] text = bytes("a,1,2024-01-01,extra\nb,2\nc,3,2024-01-01\n");

        assertThat(refusal(into(DAILY, FormatOptions.csv()).build(), text))
                .endsWith("Row 1: Too many values in row starting at position 0. Found 4 column(s) while expected 3.");
        Job some = load(into(DAILY, FormatOptions.csv()).setMaxBadRecords(2).build(), text);
        assertThat(some.<LoadStatistics>getStatistics().getOutputRows()).isEqualTo(1);
        assertThat(some.<LoadStatistics>getStatistics().getBadRecords()).isEqualTo(2);
        assertThat(some.getStatus().getError()).isNull();
        assertThat(some.getStatus().getExecutionErrors()).hasSize(2);
        CsvOptions generous = CsvOptions.newBuilder().setAllowJaggedRows(true).build();
        load(
                into(DAILY, generous)
                        .setIgnoreUnknownValues(true)
                        .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                        .build(),
                text);
        assertThat(daily()).containsExactly("a,1,2024-01-01", "b,2,null", "c,3,2024-01-01");
    }

    @Test
    void uploadOfManyChunksIsLoadedCompletely() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("brand number ")
                    .append(i)
                    .append(" with some more text to fill the line,")
                    .append(i)
                    .append(",2024-01-01\n");
        }

        Job job = load(into(DAILY, FormatOptions.csv()).build(), bytes(text.toString()));

        assertThat(job.<LoadStatistics>getStatistics().getOutputRows()).isEqualTo(20_000);
        assertThat(bigquery.rows("SELECT COUNT(*), SUM(n), COUNT(DISTINCT brand) FROM shop.daily"))
                .containsExactly("20000,199990000,20000");
    }

    @Test
    void jsonLoadReadsNestedRepeatedAndCompressedRows() throws Exception {
        bigquery.query(
                "CREATE TABLE shop.deep (id INT64 NOT NULL, tags ARRAY<STRING>, spec STRUCT<color STRING, sizes ARRAY<INT64>>, at TIMESTAMP,"
                                .replace(" at ", " ts ")
                        + " note STRING DEFAULT 'none', extra JSON, raw BYTES, price NUMERIC)");
        String lines =
                "{\"id\":1,\"tags\":[\"x\",\"y\"],\"spec\":{\"color\":\"red\",\"sizes\":[1,2]},\"ts\":\"2024-01-02T03:04:05Z\",\"extra\":{\"a\":1},"
                        + "\"raw\":\"YWJj\",\"price\":1.25}\n\n{\"ID\":\"2\",\"ts\":1.5,\"note\":null}\n";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(lines));
        }

        Job job = load(into(TableId.of("shop", "deep"), FormatOptions.json()).build(), packed.toByteArray());

        assertThat(job.getStatus().getError()).isNull();
        assertThat(bigquery.rows(
                        "SELECT id, ARRAY_TO_STRING(tags, '+'), spec.color, spec.sizes[SAFE_OFFSET(1)], UNIX_MILLIS(ts), note,"
                                + " JSON_VALUE(extra, '$.a'), TO_HEX(raw), price FROM shop.deep ORDER BY id"))
                .containsExactly(
                        "1,x+y,red,2,1704164645000,none,1,616263,1.25", "2,,null,null,1500,null,null,null,null");
    }

    @Test
    void malformedJsonRowIsNamed() throws Exception {
        bigquery.query(
                "CREATE TABLE shop.deep (id INT64 NOT NULL, spec STRUCT<color STRING>, tags ARRAY<STRING>, short STRING(3))");
        TableId deep = TableId.of("shop", "deep");

        assertThat(List.of(
                        wrong(deep, "{\"id\":1,\"nope\":2}"),
                        wrong(deep, "{\"id\":1,\"spec\":{\"size\":2}}"),
                        wrong(deep, "{\"id\":1,\"spec\":7}"),
                        wrong(deep, "{\"id\":1,\"tags\":\"x\"}"),
                        wrong(deep, "{\"id\":1,\"tags\":[null]}"),
                        wrong(deep, "{\"id\":[1]}"),
                        wrong(deep, "{\"id\":\"x\"}"),
                        wrong(deep, "{}"),
                        wrong(deep, "[1]"),
                        wrong(deep, "{\"id\":1,\"short\":\"long\"}")))
                .containsExactly(
                        "no such field: nope.",
                        "no such field: spec.size.",
                        "This field: spec is a record.",
                        "Array specified for non-repeated field: tags.",
                        "Only optional fields can be set to NULL. Field: tags; Value: NULL",
                        "Array specified for field id of type INT64.",
                        "Could not parse 'x' as INT64",
                        "Field id: Missing required field.",
                        "JSON parsing error in row starting at line 1: Start of object expected",
                        "Field short: STRING(3) has maximum length 3 but got a value with length 4 on field short.");
    }

    private String wrong(TableId table, String line) {
        String message = refusal(into(table, FormatOptions.json()).build(), bytes(line));
        return message.substring(message.indexOf("Row 1: ") + "Row 1: ".length());
    }

    @Test
    void loadReplacesPartitionAtomicallyAndRefusesRowsOfAnotherPartition() throws Exception {
        bigquery.query("INSERT INTO shop.daily VALUES ('old', 1, DATE '2024-01-01'), ('kept', 2, DATE '2024-01-02')");
        TableId first = TableId.of("shop", "daily$20240101");
        WriteChannelConfiguration replace = into(first, FormatOptions.csv())
                .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
                .build();

        load(replace, bytes("new,3,2024-01-01\nnewer,4,2024-01-01\n"));
        assertThat(daily()).containsExactly("kept,2,2024-01-02", "new,3,2024-01-01", "newer,4,2024-01-01");

        assertThat(refusal(replace, bytes("stray,5,2024-01-02\n")))
                .isEqualTo("Some rows belong to different partitions rather than destination partition daily$20240101");
        assertThat(daily()).containsExactly("kept,2,2024-01-02", "new,3,2024-01-01", "newer,4,2024-01-01");
    }

    @Test
    void loadCreatesTableAndAddsColumnsWhenAllowed() throws Exception {
        TableId made = TableId.of("shop", "made");
        load(into(made, FormatOptions.csv()).setSchema(SCHEMA).build(), bytes("a,1,2024-01-01\n"));
        Schema wider =
                Schema.of(Field.of("n", StandardSQLTypeName.INT64), Field.of("country", StandardSQLTypeName.STRING));

        assertThat(refusal(into(made, FormatOptions.csv()).setSchema(wider).build(), bytes("2,KR\n")))
                .isEqualTo("Provided Schema does not match Table p:shop.made. Cannot add fields (field: country)");
        load(
                into(made, FormatOptions.csv())
                        .setSchema(wider)
                        .setSchemaUpdateOptions(List.of(SchemaUpdateOption.ALLOW_FIELD_ADDITION))
                        .build(),
                bytes("2,KR\n"));
        assertThat(bigquery.rows("SELECT brand, n, country FROM shop.made ORDER BY n"))
                .containsExactly("a,1,null", "null,2,KR");
    }

    @Test
    void loadWithUsedJobIdIsNotRepeated() throws Exception {
        WriteChannelConfiguration append = into(DAILY, FormatOptions.csv()).build();
        JobId id = JobId.newBuilder().setJob("load-1").setLocation("US").build();
        load(id, append, bytes("a,1,2024-01-01\n"));

        BigQueryException taken = Assertions.catchThrowableOfType(
                BigQueryException.class, () -> load(id, append, bytes("a,1,2024-01-01\n")));

        assertThat(taken.getCode()).isEqualTo(409);
        assertThat(taken.getMessage()).contains("Already Exists: Job p:US.load-1");
        assertThat(daily()).containsExactly("a,1,2024-01-01");
    }

    @Test
    void unsupportedLoadOptionIsRefused() throws Exception {
        assertThat(refusal(into(DAILY, FormatOptions.orc()).build(), bytes("x")))
                .isEqualTo(
                        "Unsupported: source format ORC; local-bigquery loads CSV, NEWLINE_DELIMITED_JSON, AVRO, PARQUET");
        assertThat(refusal(into(TableId.of("shop", "none"), FormatOptions.csv()).build(), bytes("x")))
                .isEqualTo("Schema has no fields. Table: none");
        assertThat(refusal(
                        into(TableId.of("nowhere", "none"), FormatOptions.csv()).build(), bytes("x")))
                .isEqualTo("Not found: Dataset p:nowhere");
    }

    @Test
    void multipartUploadIsLoaded() throws Exception {
        String body =
                "--cut\r\nContent-Type: application/json\r\n\r\n{\"configuration\":{\"load\":{\"destinationTable\":{\"projectId\":\"p\",\"datasetId\":\"shop\","
                        + "\"tableId\":\"daily\"}}}}\r\n--cut\r\nContent-Type: application/octet-stream\r\n\r\na,1,2024-01-01\nb,2,2024-01-01\r\n--cut--\r\n";

        RawHttp.Answer answer = RawHttp.post(
                bigquery.url("/upload/bigquery/v2/projects/p/jobs?uploadType=multipart"),
                body,
                "Content-Type",
                "multipart/related; boundary=cut");

        assertThat(answer.status()).isEqualTo(200);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(daily()).containsExactly("a,1,2024-01-01", "b,2,2024-01-01"));
    }

    @Test
    void resumableUploadReportsItsProgress() throws Exception {
        String job =
                "{\"configuration\":{\"load\":{\"destinationTable\":{\"datasetId\":\"shop\",\"tableId\":\"daily\"}}}}";
        RawHttp.Answer begun =
                RawHttp.post(bigquery.url("/upload/bigquery/v2/projects/p/jobs?uploadType=resumable"), job);
        String location = begun.response().headers().firstValue("Location").orElseThrow();

        RawHttp.Answer nothing = RawHttp.send("PUT", location, "", "Content-Range", "bytes */*");
        RawHttp.Answer part = RawHttp.send("PUT", location, "a,1,2024", "Content-Range", "bytes 0-7/*");
        RawHttp.Answer asked = RawHttp.send("PUT", location, "", "Content-Range", "bytes */15");
        RawHttp.Answer gap = RawHttp.send("PUT", location, "x", "Content-Range", "bytes 9-9/15");
        RawHttp.Answer whole = RawHttp.send("PUT", location, "024-01-01\n", "Content-Range", "bytes 5-14/15");

        assertThat(nothing.status()).isEqualTo(308);
        assertThat(nothing.response().headers().firstValue("Range")).isEmpty();
        assertThat(part.status()).isEqualTo(308);
        assertThat(asked.response().headers().firstValue("Range")).hasValue("bytes=0-7");
        assertThat(gap.status()).isEqualTo(400);
        assertThat(whole.status()).isEqualTo(200);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(daily()).containsExactly("a,1,2024-01-01"));
        assertThat(RawHttp.send("PUT", location, "", "Content-Range", "bytes */15")
                        .status())
                .isEqualTo(404);
        assertThat(RawHttp.post(bigquery.url("/upload/bigquery/v2/projects/p/jobs?uploadType=media"), "")
                        .status())
                .isEqualTo(400);
        assertThat(RawHttp.send("PUT", location.replaceAll("upload_id=.*", ""), "")
                        .status())
                .isEqualTo(404);
    }
}
