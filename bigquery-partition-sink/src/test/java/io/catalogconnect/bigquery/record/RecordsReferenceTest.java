package io.catalogconnect.bigquery.record;

import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class RecordsReferenceTest {

    private static final String HEAD = """
            # Records that the BigQuery partition sink reads

            A record with a value is a row. A record without a value whose header `catalog.control` is `object-end` is an end
            marker: the record after the last row of an S3 object. Any other record without a value is a tombstone.

            With `write.mode=append` or `upsert`, the sink reads only the headers of rows that `header.columns` names, and ignores
            end markers. With `write.mode=replace`, it requires the headers below. s3-csv-source sends them, and sends end markers
            with `object.end.markers=true`. A header converter may change a value's type. So the sink also accepts numbers,
            dates (`2026-11-02`) and timestamps (`2026-11-02T10:00:00Z`) as text. This page is generated from the code.

            | header | type | records | meaning |
            |---|---|---|---|
            """;

    @Test
    void referencePageListsEveryHeader() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (RecordHeaders.Definition header : RecordHeaders.ALL) {
            page.append("| `")
                    .append(header.name())
                    .append("` | ")
                    .append(header.type())
                    .append(" | ")
                    .append(header.on().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" | ")
                    .append(header.meaning())
                    .append(" |\n");
        }
        new ReferencePage().check("records/bigquery-partition-sink.md", page.toString());
    }
}
