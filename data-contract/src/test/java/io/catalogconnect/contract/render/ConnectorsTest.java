package io.catalogconnect.contract.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectorsTest {

    @ParameterizedTest
    @CsvSource({"local,replace", "local-append,.", "cluster,cluster"})
    void shippedConnectorsAreRenderingsOfTheShippedContract(String environment, String folder) throws IOException {
        Contract contract = contract("product-catalog");
        Environment servers = contract.environment(environment).orElseThrow();
        Path connectors = Path.of("../config/connectors").resolve(folder);
        assertThat(Files.readString(connectors.resolve("catalog-source.json")))
                .isEqualTo(SourceConnector.of(contract, servers).json());
        assertThat(Files.readString(connectors.resolve("catalog-sink.json")))
                .isEqualTo(SinkConnector.of(contract, servers).json());
    }

    @Test
    void ordersHaveSemicolonsDecimalCommasAndPseudonyms() throws IOException {
        Contract contract = contract("orders");
        Environment servers = contract.environment("prod").orElseThrow();
        Connector source = SourceConnector.of(contract, servers);
        assertThat(source.name()).isEqualTo("orders-source");
        assertThat(source.config())
                .containsEntry("s3.bucket", "shop-orders-landing")
                .containsEntry("s3.prefix", "orders/")
                .containsEntry("csv.delimiter", ";")
                .containsEntry("csv.charset", "windows-1252")
                .containsEntry(
                        "columns",
                        "order_id:int64,customer_email:string,total:decimal(12,2;de-DE),"
                                + "ordered_at:timestamp(dd.MM.yyyy HH:mm:ss;Europe/Berlin)")
                .containsEntry("bad.rows.topic", "orders.rejects")
                .containsEntry("bad.rows.max.ratio", "0.001")
                .containsEntry("poll.interval.ms", "300000")
                .containsEntry("transforms", "teams,pseudonyms")
                .containsEntry(
                        "transforms.teams.conditions.by.topic",
                        "orders.all: true\norders.events: true\norders.rejects: true\n"
                                + "orders.large: value.total >= 1000.0")
                .containsEntry("transforms.pseudonyms.fields", "customer_email")
                .containsEntry("transforms.pseudonyms.secret", "${env:CATALOG_PSEUDONYM_SECRET}")
                .containsEntry("transforms.pseudonyms.predicate", "events")
                .containsEntry("transforms.pseudonyms.negate", "true")
                .containsEntry("predicates.events.pattern", "orders\\.events|orders\\.rejects")
                .doesNotContainKey("object.end.markers");
        Connector sink = SinkConnector.of(contract, servers);
        assertThat(sink.name()).isEqualTo("orders-sink");
        assertThat(sink.config())
                .containsEntry("tables", "orders.all:orders,orders.large:large_orders")
                .containsEntry("partition.field", "ordered_at")
                .doesNotContainKeys("header.columns", "write.mode");
    }

    private static Contract contract(String name) throws IOException {
        Path file = Path.of("../config/contracts", name + ".odcs.yaml");
        return Objects.requireNonNull(
                ContractFile.check(file.toString(), Files.readAllBytes(file)).contract());
    }
}
