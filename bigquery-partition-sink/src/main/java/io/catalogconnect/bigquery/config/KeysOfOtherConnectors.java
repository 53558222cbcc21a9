package io.catalogconnect.bigquery.config;

import java.util.Map;
import java.util.TreeMap;

/** Keys of other BigQuery sinks (WePay, Confluent, Aiven, Confluent Cloud), with the equivalent key of this sink. */
final class KeysOfOtherConnectors {

    /** By key, a sentence that names the equivalent. */
    static final Map<String, String> ADVICE = advice();

    private static final String KEYS = """
            project=Use bigquery.project.
            defaultDataset=Use bigquery.dataset.
            datasets=Use bigquery.dataset; all tables of a connector are in one dataset.
            keyfile=Use bigquery.credentials.file or bigquery.credentials.json.
            keySource=Use bigquery.credentials.
            authentication.method=Use bigquery.credentials.
            autoCreateTables=Use table.create.
            auto.create.tables=Use table.create.
            autoUpdateSchemas=Use schema.evolution=add.
            auto.update.schemas=Use schema.evolution=add.
            allowNewBigQueryFields=Use schema.evolution=add.
            allowBigQueryRequiredFieldRelaxation=Use schema.evolution=relax.
            allowSchemaUnionization=Use schema.evolution=relax.
            allBQFieldsNullable=Remove it: columns are nullable if the fields of the record's schema are optional.
            schemaRetriever=Remove it: tables are created from the record's schema.
            sanitizeTopics=Remove it: table names are always sanitized. Use tables for other names.
            sanitize.topics=Remove it: table names are always sanitized. Use tables for other names.
            sanitizeFieldNames=Remove it: column names are always sanitized.
            sanitize.field.names=Remove it: column names are always sanitized.
            topic2TableMap=Use tables.
            topic2table.map=Use tables.
            topicsToTables=Use tables.
            bigQueryPartitionDecorator=Remove it: partition.field determines a row's partition.
            bigQueryMessageTimePartitioning=Use timestamp.column and partition.field.
            timestampPartitionFieldName=Use partition.field.
            timestamp.partition.field.name=Use partition.field.
            timePartitioningType=Use partition.type.
            partitioning.type=Use partition.type and partition.field.
            time.partitioning.type=Use partition.type.
            partitionExpirationMs=Use partition.expiration.ms.
            clusteringPartitionFieldNames=Use clustering.fields.
            clustering.field.names=Use clustering.fields.
            kafkaDataFieldName=Remove it: _kafka_topic, _kafka_partition and _kafka_offset are always written.
            kafkaKeyFieldName=Remove it: copy the key into the value or a header with a transformation.
            includeKafkaData=Remove it: _kafka_topic, _kafka_partition and _kafka_offset are always written.
            upsertEnabled=Use write.mode=upsert, or write.mode=replace to replace the rows of an object.
            deleteEnabled=Use write.mode=upsert, with which tombstones delete rows.
            ingestion.mode=Use delivery.guarantee and write.mode.
            mergeIntervalMs=Use replace.min.interval.ms with write.mode=replace.
            mergeRecordsThreshold=Use replace.min.interval.ms with write.mode=replace.
            intermediateTableSuffix=Use replace.history.suffix with write.mode=replace.
            enableBatchLoad=Remove it: rows are written with the Storage Write API, without a bucket.
            batchLoadIntervalSec=Remove it: rows are written with the Storage Write API, without a bucket.
            gcsBucketName=Remove it: rows are written with the Storage Write API, without a bucket.
            gcsFolderName=Remove it: rows are written with the Storage Write API, without a bucket.
            autoCreateBucket=Remove it: rows are written with the Storage Write API, without a bucket.
            useStorageWriteApi=Remove it: rows are always written with the Storage Write API.
            enableBatchMode=Remove it: rows are always written with the Storage Write API.
            commitInterval=Use append.linger.ms; rows are visible after each append.
            commit.interval=Use append.linger.ms; rows are visible after each append.
            bigQueryRetry=Remove it: temporary errors are retried. Use retry.backoff.max.ms to limit the delay.
            bigQueryRetryWait=Use retry.backoff.ms.
            maxWriteSize=Use append.max.rows.
            queueSize=Use buffer.max.bytes.
            threadPoolSize=Use tasks.max and append.max.in.flight.
            input.data.format=Use value.converter.
            input.key.format=Use key.converter.
            """;

    private KeysOfOtherConnectors() {}

    private static Map<String, String> advice() {
        Map<String, String> advice = new TreeMap<>();
        KEYS.lines().forEach(line -> {
            int end = line.indexOf('=');
            advice.put(line.substring(0, end), line.substring(end + 1));
        });
        return Map.copyOf(advice);
    }
}
