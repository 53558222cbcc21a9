package io.catalogconnect.contract.read;

import io.catalogconnect.contract.model.Product;

/** Reads the custom property {@code catalogConnect} of a contract. */
final class ProductReader {
    private static final int MOST_PARTITIONS = 1000;
    private static final int MOST_REPLICAS = 9;

    private ProductReader() {}

    static Product read(Fields extension) {
        Fields connectors = extension.inner("connectors", "connectors");
        Fields legal = extension.inner("legal", "legal");
        Product product = new Product(
                extension.word("delivery", "append", "replace"),
                extension.word("unit", "partition", "table"),
                extension.text("recordName"),
                connectors.text("source"),
                connectors.text("sink"),
                topics(extension.inner("topics", "topics")),
                extension.word("rejects", "fail", "skip", "topic"),
                extension.textMap("labels"),
                legal.word("personalData", "", "none", "indirect", "direct"),
                legal.text("licence"),
                legal.text("legalBasis"),
                extension.text("pseudonymSecret"),
                settings(extension.inner("settings", "settings")),
                extension.places());
        connectors.done();
        legal.done();
        extension.done();
        return product;
    }

    private static Product.TopicSettings topics(Fields topics) {
        Product.TopicSettings settings = new Product.TopicSettings(
                topics.integer("partitions", 1, MOST_PARTITIONS),
                topics.integer("replication", 3, MOST_REPLICAS),
                topics.text("retention"),
                topics.text("events"),
                topics.text("rejects"),
                topics.places());
        topics.done();
        return settings;
    }

    private static Product.ConnectorSettings settings(Fields settings) {
        Product.ConnectorSettings read =
                new Product.ConnectorSettings(settings.textMap("source"), settings.textMap("sink"), settings.places());
        settings.done();
        return read;
    }
}
