package io.catalogconnect.localbigquery.rest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TableResult;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.localbigquery.TestClients;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables with as many columns as BigQuery permits, and statements with thousands of operators. Neither may end the process. */
class WideTableIT extends RestTest {

    private static final int MAX_COLUMNS = 10_000;

    private static String list(int count, String separator, Function<Integer, String> item) {
        return IntStream.range(0, count).boxed().map(item).collect(Collectors.joining(separator));
    }

    private static void create(int columns) {
        List<Field> fields = IntStream.range(0, columns)
                .mapToObj(i -> Field.of("c" + i, StandardSQLTypeName.INT64))
                .toList();
        bigquery.client()
                .create(TableInfo.of(TableId.of("shop", "wide"), StandardTableDefinition.of(Schema.of(fields))));
    }

    @Test
    void wideTableIsCreatedFilledDescribedAndRead(LocalBigQuery server) throws Exception {
        useTable(server, 1200);
    }

    @Test
    @Tag("soak")
    void tableWithTenThousandColumnsIsCreatedFilledDescribedAndRead(LocalBigQuery server) throws Exception {
        useTable(server, MAX_COLUMNS);
    }

    private static void useTable(LocalBigQuery server, int columns) throws Exception {
        create(columns);
        Map<String, Integer> row = IntStream.range(0, columns).boxed().collect(Collectors.toMap(i -> "c" + i, i -> i));
        bigquery.client()
                .insertAll(
                        InsertAllRequest.newBuilder("shop", "wide").addRow(row).build());
        append(server);
        bigquery.query("INSERT shop.wide VALUES (" + list(columns, ", ", i -> "1") + ")");

        Table table = requireNonNull(bigquery.client().getTable("shop", "wide"));
        assertThat(table.getNumRows()).isEqualTo(3);
        assertThat(table.getNumBytes()).isEqualTo(8L * (2 * columns + 1));
        TableResult rows = bigquery.query("SELECT * FROM shop.wide ORDER BY c1");
        assertThat(requireNonNull(rows.getSchema()).getFields()).hasSize(columns);
        assertThat(rows.getTotalRows()).isEqualTo(3);
        assertThat(bigquery.rows("SELECT " + list(columns, " + ", i -> "c" + i) + " FROM shop.wide ORDER BY 1"))
                .containsExactly("null", "" + columns, "" + columns * (columns - 1) / 2);
    }

    private static void append(LocalBigQuery server) throws Exception {
        TableSchema schema = TableSchema.newBuilder()
                .addFields(TableFieldSchema.newBuilder()
                        .setName("c0")
                        .setType(TableFieldSchema.Type.INT64)
                        .setMode(TableFieldSchema.Mode.NULLABLE))
                .build();
        try (BigQueryWriteClient client = TestClients.storage(server.storageEndpoint());
                JsonStreamWriter writer = JsonStreamWriter.newBuilder(
                                "projects/p/datasets/shop/tables/wide/streams/_default", schema, client)
                        .build()) {
            writer.append(new JSONArray(List.of(new JSONObject(Map.of("c0", 5)))))
                    .get();
        }
    }

    @Test
    void tableWithMoreColumnsIsRefused() {
        assertThat(RestFixture.failure(() -> create(MAX_COLUMNS + 1)).getMessage())
                .isEqualTo("Too many total leaf fields: 10001, max allowed field count: 10000");
    }

    private static Stream<Arguments> largeStatements() {
        String complex = SqlError.TOO_COMPLEX;
        return Stream.of(
                Arguments.of("sum", list(5000, " + ", i -> "1"), "5000"),
                Arguments.of("sum of types", list(600, " + ", i -> i % 2 == 0 ? "1" : "NUMERIC '0.5'"), "450"),
                Arguments.of("sum of floats", list(600, " + ", i -> i % 2 == 0 ? "1" : "0.5"), "450.0"),
                Arguments.of("difference", list(400, " - ", i -> "1"), "-398"),
                Arguments.of("long difference", list(5000, " - ", i -> "1"), complex),
                Arguments.of("concatenation", "LENGTH(" + list(5000, " || ", i -> "'ab'") + ")", "10000"),
                Arguments.of("CONCAT", "LENGTH(CONCAT(" + list(5000, ", ", i -> "'ab'") + "))", "10000"),
                Arguments.of("AND", list(5000, " AND ", i -> i + " >= 0"), "true"),
                Arguments.of("OR", list(5000, " OR ", i -> i + " < 0"), "false"),
                Arguments.of("IN", "5 IN (" + list(5000, ", ", i -> "" + i) + ")", "true"),
                Arguments.of("CASE", "CASE " + list(2000, " ", i -> "WHEN FALSE THEN " + i) + " ELSE 7 END", "7"),
                Arguments.of("nested calls", "ABS(".repeat(3000) + "1" + ")".repeat(3000), complex),
                Arguments.of("nested parentheses", "(".repeat(20_000) + "1" + ")".repeat(20_000), complex),
                Arguments.of("nested NOT", "NOT ".repeat(20_000) + "TRUE", complex),
                Arguments.of("nested subqueries", "(SELECT ".repeat(2000) + "1" + ")".repeat(2000), complex),
                Arguments.of(
                        "set operation",
                        "(SELECT SUM(x) FROM (" + list(2000, " UNION ALL ", i -> "SELECT 1 AS x") + "))",
                        "2000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("largeStatements")
    void largeStatementReturnsItsResultOrIsRefused(String name, String expression, String expected) {
        String answer;
        try {
            answer = String.join(",", bigquery.rows("SELECT " + expression));
        } catch (com.google.cloud.bigquery.BigQueryException e) {
            answer = e.getMessage();
        }
        assertThat(answer).isEqualTo(expected);
        assertThat(bigquery.rows("SELECT 1")).isEqualTo(Collections.singletonList("1"));
    }
}
