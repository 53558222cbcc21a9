package io.catalogconnect.s3csv.config;

import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

    private static final String HEAD = """
            # Configuration of the S3 CSV source

            `connector.class=io.catalogconnect.s3csv.S3CsvSourceConnector`. Besides these keys there are those of every source
            connector: `name`, `tasks.max`, `transaction.boundary`, `offsets.storage.topic` and the converters. This page is
            generated from the code.
            """;

    @Test
    void referenceListsEveryKey() throws IOException {
        new ReferencePage()
                .check("config/s3-csv-source.md", ReferencePage.settings(HEAD, SourceSettings.TABLE.definition()));
    }
}
