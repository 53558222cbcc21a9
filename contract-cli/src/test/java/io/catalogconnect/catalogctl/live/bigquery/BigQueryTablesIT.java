package io.catalogconnect.catalogctl.live.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableConstraints;
import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.contract.render.PrimaryKey;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import io.catalogconnect.localbigquery.LocalBigQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in local-bigquery. */
final class BigQueryTablesIT {
    @TempDir
    private Path folder;

    private LocalBigQuery server;
    private Dataset dataset;
    private BigQueryTables tables;

    @BeforeEach
    void start() throws IOException {
        server = LocalBigQuery.builder()
                .databaseFile(folder.resolve("bigquery.duckdb"))
                .start();
        dataset = new Dataset(new Dataset.Place("p", "catalog", "US", server.restEndpoint(), false));
        tables = new BigQueryTables(dataset);
        tables.createDataset();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tablesOfAContractAreCreatedAndReadAgain() throws IOException {
        for (TableSpec table : Contracts.catalog().tables()) {
            tables.create(table);
            assertThat(tables.find(table.name())).hasValue(table);
        }
    }

    @Test
    void newColumnIsAddedAndARequiredOneBecomesNullable() {
        TableColumn id = new TableColumn("id", "INT64", true, "", "");
        TableColumn name = new TableColumn("name", "STRING", true, "", "");
        TableColumn size = new TableColumn("size", "NUMERIC(12,2)", false, "Size in metres.", "");
        tables.create(table(List.of(id, name), PrimaryKey.NONE));
        dataset.change("INSERT INTO catalog.rows_of_ids (id, name) VALUES (1, 'a')", Map.of());

        TableColumn nullable = new TableColumn("name", "STRING", false, "", "");
        tables.update(table(List.of(id, nullable, size), PrimaryKey.NONE));

        assertThat(tables.find("rows_of_ids").orElseThrow().columns()).containsExactly(id, nullable, size);
        List<String> rows = new ArrayList<>();
        dataset.rows("SELECT CONCAT(name, ' ', IFNULL(CAST(size AS STRING), 'none')) FROM catalog.rows_of_ids")
                .forEach(row -> rows.add(row.get(0).getStringValue()));
        assertThat(rows).containsExactly("a none");
    }

    /** The table that the sink would create, so that it accepts it. */
    @Test
    void tableOfUpsertModeHasItsPrimaryKeyAndMaximumStaleness() throws Exception {
        TableColumn id = new TableColumn("id", "INT64", true, "", "");
        tables.create(table(List.of(id), new PrimaryKey(List.of("id"), 600_000)));

        Table table = Objects.requireNonNull(dataset.client().getTable(dataset.table("rows_of_ids")));
        TableConstraints constraints = Objects.requireNonNull(table.getTableConstraints());
        assertThat(Objects.requireNonNull(constraints.getPrimaryKey()).getColumns())
                .containsExactly("id");
        URI address = URI.create(server.restEndpoint() + "/bigquery/v2/projects/p/datasets/catalog/tables/rows_of_ids");
        HttpResponse<String> resource = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(resource.body()).containsPattern("\"maxStaleness\" *: *\"[^\"]*600");
    }

    private static TableSpec table(List<TableColumn> columns, PrimaryKey key) {
        return new TableSpec("rows_of_ids", "", columns, "none", "", 0, false, List.of(), key, Map.of());
    }
}
