package io.catalogconnect.contract.model;

import java.util.Map;

/**
 * The dataset that contains the tables.
 *
 * @param writer IAM member that the sink writes as; empty if unknown
 * @param delivery {@code append} or {@code replace}; empty for the delivery of the product
 * @param tasks maximum number of tasks of the sink
 */
public record BigQueryServer(
        String name,
        String environment,
        String project,
        String dataset,
        String location,
        String credentials,
        String writer,
        String restEndpoint,
        String storageEndpoint,
        boolean storagePlaintext,
        String delivery,
        int tasks,
        Map<String, String> settings,
        Places places) {}
