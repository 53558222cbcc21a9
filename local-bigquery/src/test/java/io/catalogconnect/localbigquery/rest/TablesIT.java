package io.catalogconnect.localbigquery.rest;

import static io.catalogconnect.localbigquery.rest.RestFixture.failure;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Clustering;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.PrimaryKey;
import com.google.cloud.bigquery.RangePartitioning;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableConstraints;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.ViewDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesIT extends RestTest {

    private static final TableId PRODUCT = TableId.of("shop", "product");

    private Table product() {
        Schema schema = Schema.of(
                Field.newBuilder("brand", StandardSQLTypeName.STRING)
                        .setDescription("who made it")
                        .setPolicyTags(PolicyTags.newBuilder()
                                .setNames(List.of("projects/p/locations/us/taxonomies/1/policyTags/2"))
                                .build())
                        .build(),
                Field.of("n", StandardSQLTypeName.INT64),
                Field.of("day", StandardSQLTypeName.DATE));
        StandardTableDefinition definition = StandardTableDefinition.newBuilder()
                .setSchema(schema)
                .setTimePartitioning(TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                        .setField("day")
                        .setExpirationMs(86_400_000L * 4000)
                        .setRequirePartitionFilter(false)
                        .build())
                .setClustering(
                        Clustering.newBuilder().setFields(List.of("brand")).build())
                .build();
        return bigquery.client()
                .create(TableInfo.newBuilder(PRODUCT, definition)
                        .setDescription("products")
                        .setLabels(Map.of("team", "a"))
                        .build());
    }

    @Test
    void tableKeepsEveryDeclaredProperty() {
        product();
        Table table = requireNonNull(bigquery.client().getTable(PRODUCT));
        StandardTableDefinition definition = table.getDefinition();

        assertThat(definition.getType()).isEqualTo(TableDefinition.Type.TABLE);
        assertThat(requireNonNull(definition.getTimePartitioning()).getField()).isEqualTo("day");
        assertThat(requireNonNull(definition.getTimePartitioning()).getExpirationMs())
                .isEqualTo(86_400_000L * 4000);
        assertThat(requireNonNull(definition.getClustering()).getFields()).containsExactly("brand");
        assertThat(requireNonNull(definition.getSchema())
                        .getFields()
                        .get("brand")
                        .getPolicyTags()
                        .getNames())
                .containsExactly("projects/p/locations/us/taxonomies/1/policyTags/2");
        assertThat(table.getDescription()).isEqualTo("products");
        assertThat(table.getLabels()).isEqualTo(Map.of("team", "a"));
        assertThat(table.getNumRows()).isZero();
        assertThat(failure(this::product).getMessage()).isEqualTo("Already Exists: Table p:shop.product");
        assertThat(bigquery.client().getTable("shop", "nothing")).isNull();
    }

    @Test
    void columnIsAddedButNotRemoved() {
        Table table = product();
        List<Field> fields = new ArrayList<>(
                requireNonNull(table.getDefinition().getSchema()).getFields());
        fields.add(Field.newBuilder("country", StandardSQLTypeName.STRING)
                .setMode(Field.Mode.NULLABLE)
                .build());
        Table grown = bigquery.client()
                .update(table.toBuilder()
                        .setDefinition(StandardTableDefinition.of(Schema.of(fields)))
                        .setLabels(Map.of("team", "b"))
                        .build());

        assertThat(requireNonNull(grown.getDefinition().getSchema()).getFields())
                .hasSize(4);
        assertThat(grown.getLabels()).isEqualTo(Map.of("team", "b"));
        BigQueryException refused = failure(() -> bigquery.client()
                .update(grown.toBuilder()
                        .setDefinition(StandardTableDefinition.of(Schema.of(fields.subList(0, 2))))
                        .build()));
        assertThat(refused.getCode()).isEqualTo(400);
        assertThat(refused.getReason()).isEqualTo("invalid");
    }

    @Test
    void changeWithStaleEtagIsRefused() throws Exception {
        product();
        String url = bigquery.url("/bigquery/v2/projects/p/datasets/shop/tables/product");
        RawHttp.Answer stale =
                RawHttp.post(url, "{\"description\":\"x\"}", "X-HTTP-Method-Override", "PATCH", "If-Match", "stale");
        RawHttp.Answer patched = RawHttp.post(
                url,
                "{\"description\":null,\"labels\":{\"team\":null,\"env\":\"x\"}}",
                "X-HTTP-Method-Override",
                "PATCH");
        RawHttp.Answer put = RawHttp.send(
                "PUT", url, "{\"friendlyName\":\"Product\",\"timePartitioning\":{\"type\":\"DAY\",\"field\":\"day\"}}");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.body()).contains("\"reason\":\"conditionNotMet\"");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body())
                .contains("\"labels\":{\"env\":\"x\"}")
                .doesNotContain("\"description\":\"products\"")
                .contains("\"type\":\"TABLE\"");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body()).contains("\"friendlyName\":\"Product\"");
    }

    @Test
    void tableListContainsTablesAndViews() {
        product();
        bigquery.client()
                .create(TableInfo.of(
                        TableId.of("shop", "view"),
                        ViewDefinition.of("SELECT brand, COUNT(*) AS c FROM shop.product GROUP BY brand")));
        List<String> tables = new ArrayList<>();
        bigquery.client()
                .listTables("shop")
                .iterateAll()
                .forEach(table -> tables.add(table.getTableId().getTable() + " "
                        + table.getDefinition().getType()));

        assertThat(tables).containsExactly("product TABLE", "view VIEW");
        TableDefinition view =
                requireNonNull(bigquery.client().getTable("shop", "view")).getDefinition();
        assertThat(requireNonNull(view.getSchema()).getFields()).hasSize(2);
        bigquery.query("INSERT INTO shop.product (brand) VALUES ('a'), ('a')");
        assertThat(bigquery.rows("SELECT * FROM shop.view")).containsExactly("a,2");
        assertThat(failure(() -> bigquery.client()
                                .create(TableInfo.of(
                                        TableId.of("shop", "bad"),
                                        ViewDefinition.of("SELECT nothing FROM shop.product"))))
                        .getMessage())
                .isEqualTo("Unrecognized name: nothing at [1:8]");
        assertThat(failure(() -> bigquery.client()
                                .listTableData(TableId.of("shop", "view"))
                                .iterateAll())
                        .getMessage())
                .isEqualTo("Cannot list a table of type VIEW.");
        assertThat(failure(() -> bigquery.client().listTables("nowhere").iterateAll())
                        .getCode())
                .isEqualTo(404);
    }

    @Test
    void tableIsPartitionedByIntegerRange() {
        RangePartitioning range = RangePartitioning.newBuilder()
                .setField("n")
                .setRange(RangePartitioning.Range.newBuilder()
                        .setStart(0L)
                        .setEnd(100L)
                        .setInterval(10L)
                        .build())
                .build();
        bigquery.client()
                .create(TableInfo.of(
                        TableId.of("shop", "ranged"),
                        StandardTableDefinition.newBuilder()
                                .setSchema(Schema.of(Field.of("n", StandardSQLTypeName.INT64)))
                                .setRangePartitioning(range)
                                .build()));
        bigquery.query("INSERT INTO shop.ranged VALUES (5), (7), (95), (100), (NULL)");

        assertThat(
                        bigquery.rows(
                                "SELECT partition_id, total_rows FROM shop.INFORMATION_SCHEMA.PARTITIONS WHERE table_name = 'ranged' ORDER BY 1"))
                .containsExactly("0,2", "90,1", "__NULL__,1", "__UNPARTITIONED__,1");
    }

    @Test
    void missingResourceReturnsErrorBody() throws Exception {
        RawHttp.Answer unknown = RawHttp.send("GET", bigquery.url("/bigquery/v2/projects/p/nonsense"), "");
        RawHttp.Answer method = RawHttp.send("DELETE", bigquery.url("/projects/p/datasets"), "");
        RawHttp.Answer parse = RawHttp.post(bigquery.url("/projects/p/datasets"), "{nonsense");
        RawHttp.Answer array = RawHttp.post(bigquery.url("/projects/p/datasets"), "[]");
        RawHttp.Answer missing = RawHttp.post(bigquery.url("/projects/p/datasets"), "{}");
        RawHttp.Answer table = RawHttp.post(bigquery.url("/projects/p/datasets/shop/tables"), "{}");
        RawHttp.Answer token = RawHttp.send("GET", bigquery.url("/projects/p/datasets?pageToken=x"), "");
        RawHttp.Answer number = RawHttp.send("GET", bigquery.url("/projects/p/datasets?maxResults=x"), "");
        RawHttp.Answer filter = RawHttp.send("GET", bigquery.url("/projects/p/datasets?filter=x"), "");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body())
                .contains("Not found: GET /projects/p/nonsense is not an operation of local-bigquery");
        assertThat(method.status()).isEqualTo(405);
        assertThat(parse.body()).contains("\"reason\":\"parseError\"");
        assertThat(array.status()).isEqualTo(400);
        assertThat(missing.body()).contains("Required parameter is missing: datasetReference.datasetId");
        assertThat(table.body()).contains("Required parameter is missing: tableReference.tableId");
        assertThat(token.body()).contains("Invalid value for pageToken: x");
        assertThat(number.body()).contains("Invalid value for maxResults: x is not a valid value");
        assertThat(filter.body()).contains("Invalid filter: x. Use labels.<name>[:<value>]");
        assertThat(RawHttp.send("GET", bigquery.url("/bigquery/v2/projects"), "")
                        .body())
                .contains("\"id\":\"p\"");
        assertThat(RawHttp.send("GET", bigquery.url("/bigquery/v2/projects/p/serviceAccount"), "")
                        .body())
                .contains("local-bigquery@p.local");
    }

    @Test
    void primaryKeyIsKeptAndChangedByAPatch() {
        bigquery.client()
                .create(TableInfo.newBuilder(
                                TableId.of("shop", "keyed"),
                                StandardTableDefinition.of(Schema.of(
                                        Field.of("id", StandardSQLTypeName.INT64),
                                        Field.of("ratio", StandardSQLTypeName.FLOAT64),
                                        Field.of("code", StandardSQLTypeName.STRING))))
                        .setTableConstraints(primaryKey("id"))
                        .build());
        assertThat(keyOf("keyed")).containsExactly("id");

        Table table = requireNonNull(bigquery.client().getTable("shop", "keyed"));
        table.toBuilder().setTableConstraints(primaryKey("code", "id")).build().update();
        assertThat(keyOf("keyed")).containsExactly("code", "id");
        assertThat(failure(() -> table.toBuilder()
                                .setTableConstraints(primaryKey("missing"))
                                .build()
                                .update())
                        .getMessage())
                .isEqualTo("Unsupported primary key column missing either does not exist or is a pseudocolumn");
        assertThat(failure(() -> table.toBuilder()
                                .setTableConstraints(primaryKey("ratio"))
                                .build()
                                .update())
                        .getMessage())
                .isEqualTo("Column ratio of type FLOAT64 cannot be in the primary key of a table");
        assertThat(keyOf("keyed")).containsExactly("code", "id");
    }

    private static TableConstraints primaryKey(String... columns) {
        return TableConstraints.newBuilder()
                .setPrimaryKey(
                        PrimaryKey.newBuilder().setColumns(List.of(columns)).build())
                .build();
    }

    private List<String> keyOf(String name) {
        Table table = requireNonNull(bigquery.client().getTable("shop", name));
        PrimaryKey key =
                requireNonNull(requireNonNull(table.getTableConstraints()).getPrimaryKey());
        return requireNonNull(key.getColumns());
    }
}
