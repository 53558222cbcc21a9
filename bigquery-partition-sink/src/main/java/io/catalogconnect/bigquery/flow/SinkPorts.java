package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.TakeOverPorts;
import io.catalogconnect.bigquery.commit.WriteStreams;
import io.catalogconnect.bigquery.replace.PublishJobs;
import io.catalogconnect.bigquery.replace.VersionLedger;
import io.catalogconnect.bigquery.table.TableCatalog;
import java.util.concurrent.Executor;

/**
 * The ports of a task.
 *
 * @param blocking runs calls that block
 * @param release closes all ports without blocking
 */
public record SinkPorts(
        WriteStreams streams,
        TakeOverPorts takeOver,
        TableCatalog catalog,
        VersionLedger versions,
        PublishJobs publishJobs,
        Executor blocking,
        Runnable release) {}
