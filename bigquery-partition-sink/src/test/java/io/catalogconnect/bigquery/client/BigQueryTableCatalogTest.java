package io.catalogconnect.bigquery.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.api.client.testing.http.MockHttpTransport;
import com.google.api.client.testing.http.MockLowLevelHttpRequest;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.TableMismatchException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the catalog reads table resources that the server of the integration tests does not have. */
final class BigQueryTableCatalogTest {

    private static final String REFERENCE =
            "\"tableReference\":{\"projectId\":\"p\",\"datasetId\":\"d\",\"tableId\":\"t\"}";

    private final List<String> patches = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VIEW              | "view":{"query":"SELECT 1"}                          | a view            | view
            MATERIALIZED_VIEW | "materializedView":{"query":"SELECT 1"}              | a materialized view | materialized view
            EXTERNAL          | "externalDataConfiguration":{"sourceFormat":"CSV"}   | an external table | external table
            SNAPSHOT          | "snapshotDefinition":{"baseTableReference":{"projectId":"p","datasetId":"d","tableId":"b"},"snapshotTime":"2026-01-31T00:00:00Z"} | a table snapshot | table snapshot
            """)
    void resourceThatIsNoTableIsRefusedWithItsNameAndKind(String type, String definition, String kind, String noun) {
        assertThatThrownBy(() -> catalog(type, definition).columns("t"))
                .isInstanceOf(TableMismatchException.class)
                .hasMessage("p.d.t is " + kind + ". Rows can be written only to a table. Choose another name in"
                        + " the configuration, or give the " + noun + " another name.")
                .satisfies(refused -> assertThat(((TableMismatchException) refused).extent())
                        .isEqualTo(TableMismatchException.Extent.TABLE));
    }

    @Test
    void resourceOfAKindThatGooglesClientDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> catalog("PROPERTY_GRAPH", "\"id\":\"p:d.t\"").columns("t"))
                .isInstanceOf(TableMismatchException.class)
                .hasMessage(
                        "p.d.t is of a kind that the sink does not know (Format PROPERTY_GRAPH is not supported). Choose"
                                + " another name in the configuration.");
    }

    @ParameterizedTest
    @CsvSource({
        "STRING,STRING",
        "BYTES,BYTES",
        "INTEGER,INT64",
        "INT64,INT64",
        "FLOAT,FLOAT64",
        "BOOLEAN,BOOL",
        "NUMERIC,NUMERIC",
        "BIGNUMERIC,BIGNUMERIC",
        "DATE,DATE",
        "TIME,TIME",
        "DATETIME,DATETIME",
        "TIMESTAMP,TIMESTAMP",
        "JSON,JSON",
        "GEOGRAPHY,GEOGRAPHY",
        "INTERVAL,INTERVAL",
        "RANGE,RANGE",
        "FOREIGN,UNKNOWN"
    })
    void everyColumnTypeHasItsName(String type, ColumnType expected) {
        assertThat(catalog("TABLE", "\"schema\":{\"fields\":[{\"name\":\"x\",\"type\":\"" + type + "\"}]}")
                        .columns("t"))
                .contains(List.of(Column.of("x", expected, Column.Mode.NULLABLE)));
    }

    @Test
    void columnsThatTheSinkDoesNotWriteAreUnchangedByANewColumn() {
        BigQueryTableCatalog catalog = catalog(
                "TABLE",
                "\"schema\":{\"fields\":[{\"name\":\"valid\",\"type\":\"RANGE\",\"rangeElementType\":{\"type\":\"DATE\"}},"
                        + "{\"name\":\"age\",\"type\":\"INTERVAL\"},{\"name\":\"place\",\"type\":\"GEOGRAPHY\"},"
                        + "{\"name\":\"owner\",\"type\":\"FOREIGN\"}]}");
        List<Column> columns = new ArrayList<>(catalog.columns("t").orElseThrow());
        columns.add(Column.of("brand", ColumnType.STRING, Column.Mode.NULLABLE));
        catalog.update("t", columns);

        assertThat(patches)
                .singleElement()
                .satisfies(patch -> assertThat(patch)
                        .contains("\"name\":\"valid\",\"rangeElementType\":{\"type\":\"DATE\"},\"type\":\"RANGE\"")
                        .contains("\"name\":\"age\",\"type\":\"INTERVAL\"")
                        .contains("\"name\":\"place\",\"type\":\"GEOGRAPHY\"")
                        .contains("\"name\":\"owner\",\"type\":\"FOREIGN\"")
                        .contains("\"name\":\"brand\",\"type\":\"STRING\""));
    }

    /** A catalog whose table has the given type and definition. */
    private BigQueryTableCatalog catalog(String type, String definition) {
        String table = "{" + REFERENCE + ",\"type\":\"" + type + "\"," + definition + "}";
        MockHttpTransport transport = new MockHttpTransport() {
            @Override
            public LowLevelHttpRequest buildRequest(String method, String url) {
                return new MockLowLevelHttpRequest(url) {
                    @Override
                    public LowLevelHttpResponse execute() throws IOException {
                        if (!method.equals("GET")) {
                            patches.add(getContentAsString());
                        }
                        return new MockLowLevelHttpResponse()
                                .setContentType("application/json; charset=UTF-8")
                                .setContent(table);
                    }
                };
            }
        };
        Service service = new Service(
                "p",
                "d",
                "US",
                Optional.empty(),
                Optional.empty(),
                false,
                new ServiceCredentials.None(),
                Set.of(),
                Duration.ofSeconds(1));
        return new BigQueryTableCatalog(
                service,
                BigQueryOptions.newBuilder()
                        .setProjectId("p")
                        .setCredentials(NoCredentials.getInstance())
                        .setTransportOptions(HttpTransportOptions.newBuilder()
                                .setHttpTransportFactory(() -> transport)
                                .build())
                        .build()
                        .getService());
    }
}
