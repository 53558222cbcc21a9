package io.catalogconnect.localbigquery.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.storage.v1.ArrowRecordBatch;
import com.google.cloud.bigquery.storage.v1.BigQueryReadClient;
import com.google.cloud.bigquery.storage.v1.BigQueryReadSettings;
import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.DataFormat;
import com.google.cloud.bigquery.storage.v1.ReadRowsRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.cloud.bigquery.storage.v1.ReadSession.TableModifiers;
import com.google.cloud.bigquery.storage.v1.ReadSession.TableReadOptions;
import com.google.cloud.bigquery.storage.v1.ReadStream;
import com.google.cloud.bigquery.storage.v1.SplitReadStreamRequest;
import com.google.cloud.bigquery.storage.v1.SplitReadStreamResponse;
import com.google.protobuf.Timestamp;
import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.localbigquery.TestClients;
import io.catalogconnect.localbigquery.junit.WithLocalBigQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Storage Read API, used by Google's client. The rows of Arrow batches are read by pyarrow in the suite of Python clients. */
@WithLocalBigQuery
final class ReadIT {
    private static final String TABLE = "projects/p/datasets/shop/tables/";

    @SuppressWarnings("NullAway.Init")
    private static LocalBigQuery server;

    @SuppressWarnings("NullAway.Init")
    private static BigQuery rest;

    @SuppressWarnings("NullAway.Init")
    private static BigQueryReadClient client;

    @BeforeAll
    static void connect(LocalBigQuery bigquery) throws IOException {
        server = bigquery;
        rest = TestClients.rest(bigquery.restEndpoint());
        client = BigQueryReadClient.create(BigQueryReadSettings.newBuilder()
                .setTransportChannelProvider(BigQueryReadSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint(bigquery.storageEndpoint())
                        .setChannelConfigurator(builder -> builder.usePlaintext())
                        .build())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setEndpoint(bigquery.storageEndpoint())
                .build());
        rest.create(DatasetInfo.of("shop"));
        query("CREATE TABLE shop.n (n INT64 NOT NULL, day DATE, size STRUCT<width FLOAT64, height FLOAT64>)");
        query("INSERT INTO shop.n SELECT n, IF(n < 10, DATE '2024-01-31', NULL), STRUCT(n / 2, 1.0)"
                + " FROM UNNEST(GENERATE_ARRAY(0, 24999)) AS n");
        query("CREATE TABLE shop.empty (n INT64)");
        query("CREATE VIEW shop.v AS SELECT n FROM shop.n");
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @AfterEach
    void permitAll() {
        server.permissions().permitAll();
    }

    private static void query(String sql) {
        try {
            rest.query(QueryJobConfiguration.of(sql));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ReadSession session(String table, UnaryOperator<TableReadOptions.Builder> options, int maxStreams) {
        return client.createReadSession(CreateReadSessionRequest.newBuilder()
                .setParent("projects/p")
                .setReadSession(ReadSession.newBuilder()
                        .setTable(TABLE + table)
                        .setDataFormat(DataFormat.AVRO)
                        .setReadOptions(options.apply(TableReadOptions.newBuilder())))
                .setMaxStreamCount(maxStreams)
                .build());
    }

    /** The rows of a stream, as Avro's own reader reads them. */
    private static List<GenericRecord> rows(ReadSession session, String stream, long offset) throws IOException {
        Schema schema = new Schema.Parser().parse(session.getAvroSchema().getSchema());
        GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);
        List<GenericRecord> rows = new ArrayList<>();
        for (ReadRowsResponse response : client.readRowsCallable()
                .call(ReadRowsRequest.newBuilder()
                        .setReadStream(stream)
                        .setOffset(offset)
                        .build())) {
            BinaryDecoder decoder = DecoderFactory.get()
                    .binaryDecoder(
                            response.getAvroRows().getSerializedBinaryRows().toByteArray(), null);
            for (long i = 0; i < response.getRowCount(); i++) {
                rows.add(reader.read(null, decoder));
            }
            assertThat(decoder.isEnd()).isTrue();
        }
        return rows;
    }

    private static List<GenericRecord> rows(ReadSession session) throws IOException {
        List<GenericRecord> rows = new ArrayList<>();
        for (ReadStream stream : session.getStreamsList()) {
            rows.addAll(rows(session, stream.getName(), 0));
        }
        return rows;
    }

    @Test
    void streamsReturnEachRowOnce() throws IOException {
        ReadSession session = session("n", options -> options, 0);

        assertThat(session.getStreamsCount()).isEqualTo(3);
        assertThat(session.getEstimatedRowCount()).isEqualTo(25_000);
        assertThat(rows(session))
                .extracting(row -> row.get("n"))
                .doesNotHaveDuplicates()
                .hasSize(25_000);
    }

    @Test
    void readingResumesAtAnOffset() throws IOException {
        ReadSession session = session("n", options -> options, 1);
        String stream = session.getStreams(0).getName();

        assertThat(session.getStreamsCount()).isEqualTo(1);
        assertThat(rows(session, stream, 24_998))
                .extracting(row -> row.get("n"))
                .containsExactly(24_998L, 24_999L);
        assertThat(rows(session, stream, 25_000)).isEmpty();
        assertThatThrownBy(() -> rows(session, stream, 25_001))
                .hasMessageContaining("offset 25001 is beyond the stream, which has 25000 rows");
    }

    @Test
    void splitStreamReturnsTheSameRows() throws IOException {
        ReadSession session = session("n", options -> options, 1);
        SplitReadStreamResponse split = client.splitReadStream(SplitReadStreamRequest.newBuilder()
                .setName(session.getStreams(0).getName())
                .setFraction(0.2)
                .build());

        assertThat(rows(session, split.getPrimaryStream().getName(), 0)).hasSize(5_000);
        assertThat(rows(session, split.getRemainderStream().getName(), 0)).hasSize(20_000);
        assertThat(rows(session)).hasSize(25_000);
    }

    @Test
    void streamIsSplitInHalfAndThePartsAreSplitAgain() throws IOException {
        ReadSession session = session("n", options -> options.setRowRestriction("n < 5"), 1);
        SplitReadStreamResponse halves = split(session.getStreams(0).getName(), 0);
        SplitReadStreamResponse rest = split(halves.getRemainderStream().getName(), 0.4);

        assertThat(List.of(
                        numbers(session, halves.getPrimaryStream()),
                        numbers(session, rest.getPrimaryStream()),
                        numbers(session, rest.getRemainderStream())))
                .hasToString("[[0, 1], [2], [3, 4]]");
        assertThat(split(rest.getPrimaryStream().getName(), 0)).isEqualTo(SplitReadStreamResponse.getDefaultInstance());
        for (double fraction : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> split(session.getStreams(0).getName(), fraction))
                    .hasMessageContaining("fraction must be at least 0 and less than 1");
        }
    }

    private static SplitReadStreamResponse split(String stream, double fraction) {
        return client.splitReadStream(SplitReadStreamRequest.newBuilder()
                .setName(stream)
                .setFraction(fraction)
                .build());
    }

    private static List<Object> numbers(ReadSession session, ReadStream stream) throws IOException {
        return rows(session, stream.getName(), 0).stream()
                .map(row -> row.get("n"))
                .toList();
    }

    @Test
    void restrictionAndSelectionLimitRowsAndFields() throws IOException {
        ReadSession session = session(
                "n",
                options -> options.setRowRestriction("day = '2024-01-31' AND n > 7")
                        .addSelectedFields("size.width")
                        .addSelectedFields("N"),
                0);

        assertThat(rows(session)).map(String::valueOf).containsExactly("""
                {"n": 8, "size": {"width": 4.0}}""", """
                {"n": 9, "size": {"width": 4.5}}""");
    }

    @Test
    void sessionReadsTheRowsOfItsCreation() throws IOException {
        query("CREATE OR REPLACE TABLE shop.changed AS SELECT 1 AS n");
        ReadSession session = session("changed", options -> options, 0);

        query("UPDATE shop.changed SET n = 2 WHERE TRUE");

        assertThat(rows(session)).extracting(row -> row.get("n")).containsExactly(1L);
    }

    @Test
    void valuesOfAllTypesAreInAvro() throws IOException {
        query("CREATE OR REPLACE TABLE shop.types AS SELECT 'ä' AS s, b'\\x00\\xff' AS b, -1 AS i, 1.5 AS f, TRUE AS t,"
                + " NUMERIC '-1.5' AS num, BIGNUMERIC '1.5' AS big, DATE '1969-12-31' AS d, TIME '12:34:56.5' AS ti,"
                + " DATETIME '2024-01-31 00:00:00' AS dt, TIMESTAMP '2024-01-31 12:00:00.000001+00' AS ts,"
                + " [1, 2] AS list, STRUCT('x' AS x, [STRUCT(1 AS y)] AS l) AS st, CAST(NULL AS STRING) AS missing");

        GenericRecord row = rows(session("types", options -> options, 0)).get(0);

        assertThat(row.toString()).isEqualTo("""
                {"s": "ä", "b": "\\u0000ÿ", "i": -1, "f": 1.5, "t": true, "num": "¦\\u0097Ñ\\u0000", \
                "big": "pØòü\\u0087Ê&·\\u000EO3`\\u0000\\u0000\\u0000\\u0000", "d": -1, "ti": 45296500000, \
                "dt": "2024-01-31T00:00:00", "ts": 1706702400000001, "list": [1, 2], "st": {"x": "x", "l": [{"y": 1}]}, \
                "missing": null}""");
    }

    @Test
    void tableWithoutRowsHasNoStreams() {
        assertThat(session("empty", options -> options, 0).getStreamsCount()).isZero();
    }

    @Test
    void arrowIsTheOtherFormat() {
        ReadSession session = client.createReadSession(
                "projects/p",
                ReadSession.newBuilder()
                        .setTable(TABLE + "n")
                        .setDataFormat(DataFormat.ARROW)
                        .build(),
                1);
        List<ReadRowsResponse> responses = new ArrayList<>();
        client.readRowsCallable()
                .call(ReadRowsRequest.newBuilder()
                        .setReadStream(session.getStreams(0).getName())
                        .build())
                .forEach(responses::add);

        assertThat(session.getArrowSchema().getSerializedSchema().isEmpty()).isFalse();
        assertThat(responses).extracting(ReadRowsResponse::getRowCount).startsWith(10_000L, 10_000L);
        assertThat(responses)
                .extracting(ReadRowsResponse::getArrowRecordBatch)
                .doesNotContain(ArrowRecordBatch.getDefaultInstance());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing |                                  |         | NOT_FOUND | Not found: Table p:shop.missing",
                "v       |                                  |         | INVALID_ARGUMENT | non-table entities cannot be read",
                "n       | nothing = 1                      |         | INVALID_ARGUMENT | Unrecognized name: nothing",
                "n       | n IN (SELECT n FROM shop.empty)  |         | INVALID_ARGUMENT | may refer only to columns of p:shop.n",
                "n       |                                  | size.x  | INVALID_ARGUMENT | fields do not exist in the table schema: size.x"
            })
    void invalidSessionIsRefused(
            String table, @Nullable String restriction, @Nullable String field, StatusCode.Code code, String message) {
        assertThatThrownBy(() -> session(
                        table,
                        options -> {
                            if (restriction != null) {
                                options.setRowRestriction(restriction);
                            }
                            return field == null ? options : options.addSelectedFields(field);
                        },
                        0))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getStatusCode().getCode()).isEqualTo(code));
    }

    @Test
    void timeTravelIsRefusedByName() {
        assertThatThrownBy(() -> client.createReadSession(
                        "projects/p",
                        ReadSession.newBuilder()
                                .setTable(TABLE + "n")
                                .setDataFormat(DataFormat.AVRO)
                                .setTableModifiers(TableModifiers.newBuilder()
                                        .setSnapshotTime(Timestamp.newBuilder().setSeconds(1)))
                                .build(),
                        1))
                .hasMessageContaining("Unsupported: local-bigquery has no snapshot_time (time travel)");
    }

    @ParameterizedTest
    @CsvSource({
        "bigquery.tables.getData, Permission bigquery.tables.getData denied on table p:shop.n",
        "bigquery.readsessions.create, User does not have bigquery.readsessions.create permission in project p",
        "bigquery.readsessions.getData, User does not have bigquery.readsessions.getData permission in project p",
        "bigquery.readsessions.update, User does not have bigquery.readsessions.update permission in project p"
    })
    void callWithoutItsPermissionIsRefused(String missing, String message) {
        List<String> others = new ArrayList<>(List.of(
                "bigquery.tables.getData",
                "bigquery.readsessions.create",
                "bigquery.readsessions.getData",
                "bigquery.readsessions.update"));
        others.remove(missing);
        server.permissions().permitOnly(others);

        assertThatThrownBy(() -> {
                    ReadSession session = session("n", options -> options, 1);
                    String stream = session.getStreams(0).getName();
                    rows(session, stream, 24_999);
                    client.splitReadStream(
                            SplitReadStreamRequest.newBuilder().setName(stream).build());
                })
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getStatusCode().getCode()).isEqualTo(StatusCode.Code.PERMISSION_DENIED))
                .hasMessageContaining(message);
    }
}
