package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.ServiceLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders the BigQuery sink of a valid contract. */
public final class SinkConnector {
    private final Contract contract;
    private final Environment environment;
    private final DataObject product;
    private final Map<String, String> config = new LinkedHashMap<>();

    private SinkConnector(Contract contract, Environment environment) {
        this.contract = contract;
        this.environment = environment;
        this.product = contract.objects().get(0);
    }

    /** The connector of an environment. */
    public static Connector of(Contract contract, Environment environment) {
        SinkConnector sink = new SinkConnector(contract, environment);
        sink.dataset(environment.warehouse());
        sink.tables();
        if (environment.replaces()) {
            sink.replace();
        }
        sink.settings();
        sink.put("header.columns", Columns.headers(sink.product));
        Converters.put(environment.stream(), sink.config);
        sink.config.put("consumer.override.isolation.level", "read_committed");
        sink.config.put("consumer.override.max.poll.records", "5000");
        sink.config.put("consumer.override.fetch.min.bytes", "65536");
        sink.config.put("consumer.override.fetch.max.wait.ms", "100");
        sink.config.put("consumer.override.auto.offset.reset", "earliest");
        sink.settings();
        return new Connector(contract.sinkConnector(), sink.config);
    }

    private void dataset(BigQueryServer warehouse) {
        config.put("connector.class", "io.catalogconnect.bigquery.BigQueryPartitionSinkConnector");
        config.put("tasks.max", String.valueOf(warehouse.tasks()));
        config.put("topics", contract.objects().stream().map(DataObject::topic).collect(Collectors.joining(",")));
        config.put("bigquery.project", warehouse.project());
        config.put("bigquery.dataset", warehouse.dataset());
        put("bigquery.location", warehouse.location());
        put("bigquery.rest.endpoint", warehouse.restEndpoint());
        put("bigquery.storage.endpoint", warehouse.storageEndpoint());
        if (warehouse.storagePlaintext()) {
            config.put("bigquery.storage.plaintext", "true");
        }
        config.put("bigquery.credentials", warehouse.credentials());
    }

    private void tables() {
        config.put(
                "tables",
                contract.objects().stream()
                        .map(object -> object.topic() + ":" + object.physicalName())
                        .collect(Collectors.joining(",")));
        config.put("partition.type", product.partitionType());
        put("partition.field", product.partitionColumn().map(Column::name).orElse(""));
        put("clustering.fields", String.join(",", product.clustering()));
        if (product.requirePartitionFilter()) {
            config.put("partition.filter.required", "true");
        }
    }

    /** Settings of the contract replace rendered values, so they are added after other keys again. */
    private void settings() {
        config.putAll(contract.product().settings().sink());
        config.putAll(environment.warehouse().settings());
    }

    private void replace() {
        config.put("write.mode", "replace");
        config.put("replace.unit", contract.product().unit());
        put("replace.filtered.topics", derivedTopics().collect(Collectors.joining(",")));
        contract.serviceLevel("retention")
                .flatMap(ServiceLevel::span)
                .ifPresent(span -> config.put("replace.history.days", String.valueOf(span.days())));
    }

    private Stream<String> derivedTopics() {
        return contract.objects().stream().filter(DataObject::isDerived).map(DataObject::topic);
    }

    private void put(String key, String value) {
        if (!value.isEmpty()) {
            config.put(key, value);
        }
    }
}
