package io.catalogconnect.contract.model;

import java.util.Map;

/** The servers of one environment, and the settings that depend on it. */
public record Environment(
        String name, S3Server landing, KafkaServer stream, BigQueryServer warehouse, Product product) {

    /** True if a file replaces the rows of its earlier version. */
    public boolean replaces() {
        return delivery().equals("replace");
    }

    /** {@code append} or {@code replace}. */
    public String delivery() {
        return warehouse.delivery().isEmpty() ? product.delivery() : warehouse.delivery();
    }

    /** The replication factor of the topics. */
    public int replication() {
        return stream.replication() > 0
                ? stream.replication()
                : product.topics().replication();
    }

    /** A text in which {@code ${environment}} is replaced with the name of this environment. */
    public String fill(String text) {
        return text.replace("${environment}", name);
    }

    /** The labels of the product in this environment. */
    public Map<String, String> labels() {
        return product.labels();
    }
}
