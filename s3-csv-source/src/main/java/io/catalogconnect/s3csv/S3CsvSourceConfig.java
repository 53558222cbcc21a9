package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.s3csv.object.RetryPolicy;
import io.catalogconnect.s3csv.object.s3.S3Settings;
import io.catalogconnect.s3csv.read.ObjectFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The connector's configuration, checked as a whole. Its parts define and read their own settings. Immutable. */
final class S3CsvSourceConfig extends AbstractConfig {

    static final ConfigDef CONFIG_DEF = definition();

    private final S3Settings s3;
    private final RetryPolicy retryPolicy;
    private final ObjectFormat format;
    private final @Nullable String badRowsTopic;
    private final List<String> copyTopics;
    private final @Nullable Duration lateWindow;

    /**
     * Reads and checks.
     *
     * @throws InvalidSettingException when settings do not fit each other
     * @throws org.apache.kafka.common.config.ConfigException when one is wrong in itself
     */
    S3CsvSourceConfig(Map<String, String> properties) {
        super(CONFIG_DEF, properties, false);
        S3Options s3Options = new S3Options(this);
        this.s3 = s3Options.settings();
        this.retryPolicy = s3Options.retryPolicy();
        RecordOptions records = new RecordOptions(this);
        DeliveryOptions delivery = new DeliveryOptions(this);
        this.format = records.format(new CsvOptions(this), delivery);
        this.badRowsTopic = records.badRowsTopic();
        this.copyTopics = delivery.copyTopics();
        this.lateWindow = delivery.lateWindow();
        cleanup().check();
    }

    private static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        S3Options.define(def);
        CredentialOptions.define(def);
        DeliveryOptions.define(def);
        CsvOptions.define(def);
        RecordOptions.define(def);
        CleanupOptions.define(def);
        return def;
    }

    S3Settings s3() {
        return s3;
    }

    RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    long outageMaxMillis() {
        return new S3Options(this).outageMaxMillis();
    }

    ObjectFormat format() {
        return format;
    }

    @Nullable
    String badRowsTopic() {
        return badRowsTopic;
    }

    Compression compression() {
        return new CsvOptions(this).compression();
    }

    boolean skipBadObjects() {
        return new RecordOptions(this).skipBadObjects();
    }

    List<String> copyTopics() {
        return copyTopics;
    }

    @Nullable
    Duration lateWindow() {
        return lateWindow;
    }

    CleanupOptions cleanup() {
        return new CleanupOptions(this);
    }

    DeliveryOptions delivery() {
        return new DeliveryOptions(this);
    }
}
