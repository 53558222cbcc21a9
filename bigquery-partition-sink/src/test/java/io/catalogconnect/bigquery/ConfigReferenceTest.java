package io.catalogconnect.bigquery;

import io.catalogconnect.bigquery.config.SinkSettings;
import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ConfigReferenceTest {

    private static final String HEAD = """
            # Configuration of the BigQuery partition sink

            `connector.class=io.catalogconnect.bigquery.BigQueryPartitionSinkConnector`. The keys of every sink connector also
            apply: `name`, `tasks.max`, `topics` or `topics.regex`, `errors.tolerance`, `errors.deadletterqueue.topic.name` and
            the converters. This page is generated from the code. The [glossary](../glossary.md) defines its terms.
            """;

    @Test
    void referenceListsEveryKey() throws IOException {
        new ReferencePage()
                .check("config/bigquery-partition-sink.md", ReferencePage.settings(HEAD, SinkSettings.definition()));
    }
}
