package io.catalogconnect.contract.read;

import io.catalogconnect.contract.model.Product;

/** Reads the custom property {@code catalogConnect} of a contract. */
final class ProductReader {
    private static final int MOST_PARTITIONS = 1000;
    private static final int MOST_REPLICAS = 9;

    private ProductReader() {}

    static Product read(Fields extension) {
        Fields connectors = extension.inner("connectors", "connectors", "Names of the connectors.");
        Fields legal = extension.inner("legal", "legal", "Legal duties.");
        Product product = new Product(
                extension
                        .key(
                                "delivery",
                                "Effect of a file that is delivered again: it adds its rows, or replaces those of its"
                                        + " [earlier version](operations.md#choosing-a-write-mode).")
                        .word("append", "replace"),
                extension
                        .key("unit", "With `delivery: replace`: a file replaces rows of its date, or the whole table.")
                        .word("partition", "table"),
                extension
                        .key("recordName", "Full name of the Avro record of a row.")
                        .text(),
                connectors
                        .key("source", "Name of the source. Default: the name of the product and `-source`.")
                        .text(),
                connectors
                        .key("sink", "Name of the sink. Default: the name of the product and `-sink`.")
                        .text(),
                topics(extension.inner("topics", "topics", "Settings of the topics.")),
                extension
                        .key(
                                "rejects",
                                "Handling of malformed rows: fail the source, skip the row, or send it to the topic"
                                        + " `topics.rejects`.")
                        .word("fail", "skip", "topic"),
                extension
                        .key("labels", "Labels of the tables. `${environment}` is the name of the environment.")
                        .textMap(),
                legal.key("personalData", "Kind of personal data. Required.").word("", "none", "indirect", "direct"),
                legal.key("licence", "Licence of the data, for the catalogue.").text(),
                legal.key("legalBasis", "Legal basis of personal data, for the catalogue.")
                        .text(),
                extension
                        .key(
                                "pseudonymSecret",
                                "Placeholder of the secret for pseudonyms, such as `${env:NAME}`. Required with"
                                        + " `pseudonymize`.")
                        .text(),
                settings(
                        extension.inner("settings", "settings", "Further keys of the connectors in all environments.")),
                extension.places());
        connectors.done();
        legal.done();
        extension.done();
        return product;
    }

    private static Product.TopicSettings topics(Fields topics) {
        Product.TopicSettings settings = new Product.TopicSettings(
                topics.key("partitions", "Partitions of each topic.").integer(1, MOST_PARTITIONS),
                topics.key("replication", "Replication factor of each topic.").integer(3, MOST_REPLICAS),
                topics.key(
                                "retention",
                                "Time for which records are kept, such as `7d`: not longer than the service level"
                                        + " `retention`. Default: the cluster's setting.")
                        .text(),
                topics.key("events", "Topic of the events of files. Required with `delivery: replace`.")
                        .text(),
                topics.key("rejects", "Topic of malformed rows, with `rejects: topic`.")
                        .text(),
                topics.places());
        topics.done();
        return settings;
    }

    private static Product.ConnectorSettings settings(Fields settings) {
        Product.ConnectorSettings read = new Product.ConnectorSettings(
                settings.key("source", "[Keys](config/s3-csv-source.md) of the source.")
                        .textMap(),
                settings.key("sink", "[Keys](config/bigquery-partition-sink.md) of the sink.")
                        .textMap(),
                settings.places());
        settings.done();
        return read;
    }
}
