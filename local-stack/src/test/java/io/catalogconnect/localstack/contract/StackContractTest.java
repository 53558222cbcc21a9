package io.catalogconnect.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StackContractTest {
    private static final StackLayout LAYOUT = new StackLayout(Path.of(".."), Path.of("state"));
    private static final Endpoints ENDPOINTS = new Endpoints(1, 2, 3, 4, 5, 6);

    private final MainJob shipped = MainJob.readReplacing(LAYOUT);

    @Test
    void connectorsOfTheStackAreAccepted() {
        assertThat(contract(shipped.source(), shipped.sink()).keys(ENDPOINTS).bucket())
                .isEqualTo("catalog");
        assertThat(contract(with(shipped.source(), "s3.endpoint", "http://127.0.0.1:4"), shipped.sink())
                        .keys(ENDPOINTS)
                        .bucket())
                .isEqualTo("catalog");
    }

    @ParameterizedTest
    @CsvSource({
        "s3.endpoint, http://127.0.0.1:9000, ${env:CATALOG_S3_ENDPOINT}",
        "bigquery.rest.endpoint, http://127.0.0.1:9050, ${env:CATALOG_BIGQUERY_REST}",
        "bigquery.storage.endpoint, 127.0.0.1:9060, ${env:CATALOG_BIGQUERY_STORAGE}"
    })
    void otherServicesAreRefused(String key, String value, String placeholder) {
        StackContract contract = key.startsWith("s3.")
                ? contract(with(shipped.source(), key, value), shipped.sink())
                : contract(shipped.source(), with(shipped.sink(), key, value));
        assertThatThrownBy(() -> contract.keys(ENDPOINTS))
                .isInstanceOf(ContractRefusedException.class)
                .hasMessage("c.yaml, environment local: " + key + " is " + value
                        + ". The address of the local stack is " + placeholder);
    }

    /** Without an address, the source would read from AWS. */
    @Test
    void missingAddressIsRefused() {
        StackContract contract = contract(with(shipped.source(), "s3.endpoint", ""), shipped.sink());
        assertThatThrownBy(() -> contract.keys(ENDPOINTS))
                .hasMessage("c.yaml, environment local: s3.endpoint is missing. The address of the local stack is"
                        + " ${env:CATALOG_S3_ENDPOINT}");
    }

    @Test
    void unknownVariableIsNamed() {
        StackContract contract = contract(with(shipped.source(), "s3.bucket", "${env:CATALOG_NONE}"), shipped.sink());
        assertThatThrownBy(() -> contract.keys(ENDPOINTS))
                .isInstanceOf(ContractRefusedException.class)
                .hasMessageStartingWith(
                        "c.yaml, environment local: The local stack has no variable CATALOG_NONE. Set it,"
                                + " with a name that starts with CATALOG_, or use one of CATALOG_BIGQUERY_DATASET, ");
    }

    private static StackContract contract(ConnectorDefinition source, ConnectorDefinition sink) {
        return new StackContract(LAYOUT, Path.of("c.yaml"), new MainJob(source, sink));
    }

    private static ConnectorDefinition with(ConnectorDefinition connector, String key, String value) {
        Map<String, String> config = new HashMap<>(connector.config());
        config.put(key, value);
        return new ConnectorDefinition(connector.name(), config);
    }
}
