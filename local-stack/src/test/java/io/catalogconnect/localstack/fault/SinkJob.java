package io.catalogconnect.localstack.fault;

import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sink connector of the fault tests: several topics into one table, small requests, short patience.
 *
 * @param name of the connector
 * @param topics that it reads
 * @param table that all of them go to
 * @param more settings that come on top
 */
record SinkJob(String name, List<String> topics, String table, Map<String, String> more) {

    SinkJob(String name, List<String> topics, String table) {
        this(name, topics, table, Map.of());
    }

    SinkJob {
        topics = List.copyOf(topics);
        more = Map.copyOf(more);
    }

    /** The same with one more setting. */
    SinkJob with(String key, String value) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(key, value);
        return new SinkJob(name, topics, table, settings);
    }

    /** The same with a router that renames every topic and a filter that drops marked records. */
    SinkJob renamingAndFiltering() {
        return with(
                        "tables",
                        String.join(
                                ",",
                                topics.stream()
                                        .map(topic -> "renamed." + topic + ":" + table)
                                        .toList()))
                .with("transforms", "rename,drop")
                .with("transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter")
                .with("transforms.rename.regex", "(.*)")
                .with("transforms.rename.replacement", "renamed.$1")
                .with("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter")
                .with("transforms.drop.predicate", "marked")
                .with("predicates", "marked")
                .with("predicates.marked.type", "org.apache.kafka.connect.transforms.predicates.HasHeaderKey")
                .with("predicates.marked.name", Publisher.DROP_HEADER);
    }

    /** Its consumer group. */
    String group() {
        return "connect-" + name;
    }

    ConnectorDefinition definition() {
        Map<String, String> config = new HashMap<>();
        config.put("connector.class", "io.catalogconnect.bigquery.BigQueryPartitionSinkConnector");
        config.put("tasks.max", "2");
        config.put("topics", String.join(",", topics));
        config.put(
                "tables",
                String.join(
                        ",", topics.stream().map(topic -> topic + ":" + table).toList()));
        config.put("bigquery.project", "${env:CATALOG_BIGQUERY_PROJECT}");
        config.put("bigquery.dataset", "${env:CATALOG_BIGQUERY_DATASET}");
        config.put("bigquery.rest.endpoint", "${env:CATALOG_BIGQUERY_REST}");
        config.put("bigquery.storage.endpoint", "${env:CATALOG_BIGQUERY_STORAGE}");
        config.put("bigquery.storage.plaintext", "true");
        config.put("bigquery.credentials", "none");
        config.put("partition.field", "catalog_date");
        config.put("append.max.rows", "100");
        config.put("append.timeout.ms", "3000");
        config.put("bigquery.request.timeout.ms", "3000");
        config.put("retry.backoff.max.ms", "500");
        config.put("consumer.override.isolation.level", "read_committed");
        config.put("consumer.override.auto.offset.reset", "earliest");
        config.put("consumer.override.session.timeout.ms", "6000");
        config.put("consumer.override.heartbeat.interval.ms", "1000");
        config.putAll(more);
        return new ConnectorDefinition(name, config);
    }
}
