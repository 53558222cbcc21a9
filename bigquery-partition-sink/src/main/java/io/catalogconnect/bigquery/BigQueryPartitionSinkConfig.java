package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.client.Service;
import io.catalogconnect.bigquery.commit.WriterSettings;
import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.flow.FlowSettings;
import io.catalogconnect.bigquery.record.HeaderColumns;
import io.catalogconnect.bigquery.record.TableLayout;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.bigquery.table.TableCatalog;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableRouter;
import io.catalogconnect.bigquery.table.TableShape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A task's configuration, typed. Immutable. */
final class BigQueryPartitionSinkConfig extends AbstractConfig {

    private final String connector;

    BigQueryPartitionSinkConfig(Map<String, String> properties) {
        super(definition(), properties, false);
        this.connector = properties.getOrDefault("name", "bigquery-partition-sink");
        checkTogether(values(), (key, message) -> {
            throw new ConfigException(key + " " + message);
        });
    }

    static ConfigDef definition() {
        ConfigDef def = new ConfigDef();
        ServiceConfig.define(def);
        TableConfig.define(def);
        ColumnConfig.define(def);
        WriteConfig.define(def);
        ReplaceConfig.define(def);
        return def;
    }

    /** Reports, by key, what is wrong between keys that are each right. */
    static void checkTogether(Map<String, ?> values, BiConsumer<String, String> error) {
        @SuppressWarnings("unchecked")
        Map<String, @Nullable Object> any = (Map<String, @Nullable Object>) values;
        ServiceConfig.checkTogether(any, error);
        TableConfig.checkTogether(any, error);
        ReplaceConfig.checkTogether(any, error);
    }

    String connector() {
        return connector;
    }

    Service service() {
        return ServiceConfig.read(this);
    }

    TableRouter router() {
        return TableConfig.router(this);
    }

    Partitioning partitioning() {
        return TableConfig.partitioning(this);
    }

    HeaderColumns extras() {
        HeaderColumns extras = ColumnConfig.extras(this);
        return ReplaceConfig.replaces(this) ? extras.withObjectColumns() : extras;
    }

    /** What the tables that rows are appended to are made like. */
    TableLayout layout() {
        return ReplaceConfig.replaces(this)
                ? ReplaceConfig.historyLayout(this, TableConfig.labels(this), descriptions())
                : new TableLayout(
                        partitioning(),
                        getList(TableConfig.CLUSTERING_FIELDS),
                        TableConfig.labels(this),
                        descriptions());
    }

    private Descriptions descriptions() {
        return new Descriptions(getString(TableConfig.DESCRIPTION), ColumnConfig.descriptions(this));
    }

    /** What a table is made like that shows these columns. */
    TableShape shape(List<Column> columns) {
        return new TableShape(
                columns,
                partitioning(),
                getList(TableConfig.CLUSTERING_FIELDS),
                TableConfig.labels(this),
                getString(TableConfig.DESCRIPTION));
    }

    TableProvisioner provisioner(TableCatalog catalog) {
        return new TableProvisioner(catalog, createsTables(), evolution());
    }

    /** The column that decides where a row is shown that a partition is replaced with; empty where tables are. */
    String shownColumn() {
        return ReplaceConfig.replacesTables(this) ? "" : getString(TableConfig.PARTITION_FIELD);
    }

    String timestampColumn() {
        return getString(ColumnConfig.TIMESTAMP_COLUMN);
    }

    boolean createsTables() {
        return getBoolean(TableConfig.CREATE);
    }

    SchemaEvolution evolution() {
        return Validators.parse(SchemaEvolution.class, getString(TableConfig.EVOLUTION));
    }

    /** The settings of the flow of records. */
    FlowSettings flow() {
        return new FlowSettings(
                connector,
                new FlowSettings.Records(
                        router(),
                        extras(),
                        layout(),
                        createsTables(),
                        evolution(),
                        Validators.parse(FlowSettings.Tombstones.class, getString(WriteConfig.TOMBSTONES))),
                Validators.parse(FlowSettings.Guarantee.class, getString(WriteConfig.DELIVERY_GUARANTEE)),
                writer(),
                new FlowSettings.Retries(retryBackoff(), retryBackoffMax()),
                new FlowSettings.Buffer(bufferMaxBytes(), settleTimeout()),
                ReplaceConfig.replaces(this)
                        ? Optional.of(new FlowSettings.Replace(
                                ReplaceConfig.replacesTables(this),
                                shownColumn(),
                                getInt(ReplaceConfig.HISTORY_DAYS),
                                ReplaceConfig.tables(this),
                                ReplaceConfig.settings(this)))
                        : Optional.empty());
    }

    String registryTable() {
        return getString(WriteConfig.REGISTRY_TABLE);
    }

    WriterSettings writer() {
        return WriteConfig.settings(this);
    }

    long bufferMaxBytes() {
        return getInt(WriteConfig.BUFFER_MAX_BYTES);
    }

    Duration settleTimeout() {
        return WriteConfig.millis(this, WriteConfig.SETTLE_TIMEOUT_MS);
    }

    Duration retryBackoff() {
        return WriteConfig.millis(this, WriteConfig.RETRY_BACKOFF_MS);
    }

    Duration retryBackoffMax() {
        return WriteConfig.millis(this, WriteConfig.RETRY_BACKOFF_MAX_MS);
    }
}
