package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.WriterSettings;
import io.catalogconnect.bigquery.convert.ConversionRules;
import io.catalogconnect.bigquery.record.ChangeRules;
import io.catalogconnect.bigquery.record.HeaderColumns;
import io.catalogconnect.bigquery.record.TableLayout;
import io.catalogconnect.bigquery.replace.ReplaceSettings;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.bigquery.table.TableRouter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the flow of records.
 *
 * @param connector the connector's name
 * @param records how records become rows
 * @param guarantee delivery guarantee of each row
 * @param writer limits of the lane writers
 * @param retries delays of retries
 * @param buffer limits of the unsettled rows
 * @param replace settings of replace mode; empty for other modes
 * @param upsert settings of upsert mode; empty for other modes
 */
public record FlowSettings(
        String connector,
        Records records,
        Guarantee guarantee,
        WriterSettings writer,
        Retries retries,
        Buffer buffer,
        Optional<Replace> replace,
        Optional<ChangeRules> upsert) {

    /** Delivery guarantee of each row. */
    public enum Guarantee {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /** Treatment of records without a value. */
    public enum Tombstones {
        SKIP,
        DEAD_LETTER,
        FAIL
    }

    /**
     * How records become rows.
     *
     * @param router the table of each topic
     * @param tables the tables that the configuration names; transformations may route to others
     * @param columns columns from headers and timestamp
     * @param conversion conversion of fields to columns
     * @param layout layout of the tables that rows are appended to
     * @param createTables whether missing tables are created
     * @param evolution permitted changes of existing tables
     * @param tombstones treatment of records without a value
     */
    public record Records(
            TableRouter router,
            Set<String> tables,
            HeaderColumns columns,
            ConversionRules conversion,
            TableLayout layout,
            boolean createTables,
            SchemaEvolution evolution,
            Tombstones tombstones) {}

    /**
     * Delays of retries.
     *
     * @param first delay before the first retry
     * @param longest upper limit of the delay
     */
    public record Retries(Duration first, Duration longest) {}

    /**
     * Limits of the unsettled rows.
     *
     * @param maxBytes unsettled bytes above which a task pauses its partitions
     * @param settleTimeout how long a commit of offsets waits for appends in flight
     */
    public record Buffer(long maxBytes, Duration settleTimeout) {}

    /**
     * Settings of replace mode.
     *
     * @param wholeTables whether a version replaces the whole table rather than one partition
     * @param partitionColumn partition column of the published tables; empty if whole tables are replaced
     * @param historyDays number of days that the history keeps
     * @param tables names of histories and of the tables of versions and publications
     * @param limits limits of publications
     */
    public record Replace(
            boolean wholeTables,
            String partitionColumn,
            int historyDays,
            ReplaceTables tables,
            ReplaceSettings limits) {}
}
