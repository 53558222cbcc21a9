package io.catalogconnect.s3csv.config;

import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

    private static final String HEAD = """
            # Configuration of the S3 CSV source

            `connector.class=io.catalogconnect.s3csv.S3CsvSourceConnector`. The keys of every source connector also apply: `name`,
            `tasks.max`, `transaction.boundary`, `offsets.storage.topic` and the converters. This page is generated from the
            code.

            With an AvroConverter in this connector's configuration (`value.converter`), column names, `record.name` and
            `file.date.column` must be valid Avro names, unless `value.converter.scrub.invalid.names=true`. A converter that
            the worker configures is not checked.
            """;

    @Test
    void referenceListsEveryKey() throws IOException {
        new ReferencePage()
                .check("config/s3-csv-source.md", ReferencePage.settings(HEAD, SourceSettings.TABLE.definition()));
    }
}
