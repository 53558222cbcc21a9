package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.cleanup.CleanupSettings;
import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.s3csv.object.KeyGroups;
import io.catalogconnect.s3csv.object.RetryPolicy;
import io.catalogconnect.s3csv.object.s3.S3Settings;
import io.catalogconnect.s3csv.read.ObjectFormat;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.Map;

/**
 * Everything that a configuration says, checked. Immutable.
 *
 * @param skipDamagedObjects true to leave damaged objects out, false to fail the task
 */
public record SourceSettings(
        S3Settings s3,
        RetryPolicy retryPolicy,
        DiscoveryPlan discovery,
        Compression compression,
        ObjectFormat format,
        boolean skipDamagedObjects,
        DeliverySettings delivery,
        CleanupSettings cleanup) {

    /** All keys. */
    public static final SettingsTable TABLE = table();

    /** The key of the bucket's name, at which problems with the bucket are reported. */
    public static final String BUCKET = BucketKeys.BUCKET.name();

    /**
     * Parses a configuration.
     *
     * @throws org.apache.kafka.common.config.ConfigException that lists everything that is wrong
     */
    public static SourceSettings parse(Map<String, String> properties) {
        Settings settings = TABLE.parse(properties);
        DiscoveryPlan discovery = DiscoveryKeys.plan(settings);
        return new SourceSettings(
                BucketKeys.s3(settings),
                BucketKeys.retryPolicy(settings),
                discovery,
                CsvKeys.compression(settings),
                new ObjectFormat(
                        CsvKeys.dialect(settings, RecordKeys.quotedCellIsText(settings)),
                        CsvKeys.hasHeader(settings),
                        settings.get(RecordKeys.COLUMNS),
                        settings.get(RecordKeys.RECORD_NAME),
                        settings.get(RecordKeys.DATE_COLUMN).orElse(null),
                        RecordKeys.datePattern(settings),
                        RecordKeys.rowPolicy(settings),
                        MalformedRowKeys.policy(settings),
                        KeyGroups.of(discovery.keyPattern()),
                        settings.get(DeliveryKeys.EVENTS_TOPIC).isPresent(),
                        settings.get(DeliveryKeys.END_MARKERS),
                        MalformedRowKeys.showsCells(settings),
                        CsvKeys.maxRequestBytes(settings)),
                MalformedRowKeys.skipDamagedObjects(settings),
                DeliveryKeys.delivery(settings),
                CleanupKeys.cleanup(settings));
    }

    private static SettingsTable table() {
        SettingsTable.Builder table = SettingsTable.builder();
        BucketKeys.addTo(table);
        CredentialKeys.addTo(table);
        DiscoveryKeys.addTo(table);
        DeliveryKeys.addTo(table);
        CsvKeys.addTo(table);
        RecordKeys.addTo(table);
        MalformedRowKeys.addTo(table);
        CleanupKeys.addTo(table);
        return table.keysOfOthers(KeysOfOthers.advice()).build();
    }
}
