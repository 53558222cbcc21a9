package io.catalogconnect.contract.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The topics and tables of the shipped contracts. */
final class SpecsTest {
    @Test
    void topicsAreThoseOfTheObjectsAndOfTheEvents() throws IOException {
        Contract contract = contract("product-catalog");
        Map<String, String> config = Map.of("cleanup.policy", "delete", "retention.ms", "604800000");
        assertThat(TopicSpec.of(contract, contract.environment("local").orElseThrow()))
                .containsExactly(
                        new TopicSpec("products.raw", 3, 1, config),
                        new TopicSpec("products.team-a", 3, 1, config),
                        new TopicSpec("products.team-b", 3, 1, config),
                        new TopicSpec("products.events", 3, 1, config));
        assertThat(TopicSpec.of(contract, contract.environment("cluster").orElseThrow()))
                .extracting(TopicSpec::replication)
                .containsOnly(3);
    }

    @Test
    void malformedRowsHaveATopicIfTheyAreSentToOne() throws IOException {
        Contract contract = contract("orders");
        assertThat(TopicSpec.of(contract, contract.environment("prod").orElseThrow()))
                .extracting(TopicSpec::name)
                .containsExactly("orders.all", "orders.large", "orders.events", "orders.rejects");
    }

    @Test
    void publishedTableHasNullableColumns() throws IOException {
        Contract contract = contract("product-catalog");
        TableSpec table = TableSpec.of(contract, contract.environment("local").orElseThrow())
                .get(0);
        assertThat(table.columns())
                .hasSize(14)
                .contains(new TableColumn("year_release", "INT64", false, "Year of the release.", ""))
                .contains(new TableColumn("_kafka_offset", "INT64", false, "", ""))
                .contains(new TableColumn("_kafka_timestamp", "TIMESTAMP", false, "", ""))
                .noneMatch(TableColumn::required);
        assertThat(table)
                .isEqualTo(new TableSpec(
                        "products_raw",
                        "All products of all files.",
                        table.columns(),
                        "day",
                        "catalog_date",
                        0,
                        false,
                        List.of("brand"),
                        PrimaryKey.NONE,
                        Map.of("cost-center", "cc-1042", "env", "local")));
    }

    /** A deletion has values for the columns of the key only. */
    @Test
    void tableOfUpsertModeHasAPrimaryKeyAndOtherColumnsAreNullable() throws IOException {
        Contract contract =
                upsert("{write.mode: upsert, upsert.key.source: value, upsert.key.columns: 'brand, category_id',"
                        + " upsert.max.staleness.ms: '600000', clustering.fields: ''}");
        TableSpec table = TableSpec.of(
                        contract, contract.environment("local-append").orElseThrow())
                .get(0);
        assertThat(table.key()).isEqualTo(new PrimaryKey(List.of("brand", "category_id"), 600_000));
        assertThat(table.clustering()).containsExactly("brand", "category_id");
        assertThat(table.columns())
                .filteredOn(TableColumn::required)
                .extracting(TableColumn::name)
                .containsExactly("brand", "category_id");
        assertThat(TableStatement.of(table))
                .contains(",\n  PRIMARY KEY (`brand`, `category_id`) NOT ENFORCED\n)")
                .contains("max_staleness = INTERVAL 600 SECOND");
    }

    @Test
    void policyTagsApplyInTheirEnvironments() throws IOException {
        Contract contract = contract("product-catalog");
        assertThat(TableSpec.of(contract, contract.environment("cluster").orElseThrow()))
                .flatExtracting(TableSpec::columns)
                .filteredOn(column -> !column.policyTag().isEmpty())
                .extracting(TableColumn::name)
                .containsExactly("comment", "comment", "comment");
        assertThat(TableSpec.of(contract, contract.environment("local").orElseThrow()))
                .flatExtracting(TableSpec::columns)
                .allMatch(column -> column.policyTag().isEmpty());
    }

    @Test
    void columnsOfAppendedRowsAreRequired() throws IOException {
        Contract contract = contract("orders");
        assertThat(TableSpec.of(contract, contract.environment("prod").orElseThrow())
                        .get(1)
                        .columns())
                .containsExactly(
                        new TableColumn("order_id", "INT64", true, "Number of the order.", ""),
                        new TableColumn(
                                "customer_email", "STRING", true, "Pseudonym of the customer's e-mail address.", ""),
                        new TableColumn(
                                "total", "NUMERIC(12,2)", true, "Total in euros, written with a decimal comma.", ""),
                        new TableColumn("ordered_at", "TIMESTAMP", true, "Time of the order.", ""),
                        new TableColumn("file_date", "DATE", true, "Date in the key of the file.", ""),
                        new TableColumn("_kafka_topic", "STRING", true, "", ""),
                        new TableColumn("_kafka_partition", "INT64", true, "", ""),
                        new TableColumn("_kafka_offset", "INT64", true, "", ""),
                        new TableColumn("_kafka_timestamp", "TIMESTAMP", false, "", ""));
    }

    /** The product catalogue with settings of the sink. */
    private static Contract upsert(String settings) throws IOException {
        String text = ShippedContracts.text("product-catalog")
                .replace("          delivery: append", "          delivery: append\n          settings: " + settings);
        ContractFile file = ContractFile.check("a.yaml", text.getBytes(UTF_8));
        assertThat(file.findings()).isEmpty();
        return Objects.requireNonNull(file.contract());
    }

    private static Contract contract(String name) throws IOException {
        Path file = Path.of("../config/contracts", name + ".odcs.yaml");
        return Objects.requireNonNull(
                ContractFile.check(file.toString(), Files.readAllBytes(file)).contract());
    }
}
