package io.catalogconnect.bigquery.flow;

import io.catalogconnect.bigquery.commit.StreamRegistry;
import io.catalogconnect.bigquery.commit.WriteStreams;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
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
        StreamRegistry registry,
        WrittenOffsets writtenOffsets,
        TableCatalog catalog,
        VersionLedger versions,
        PublishJobs publishJobs,
        Executor blocking,
        Runnable release) {}
