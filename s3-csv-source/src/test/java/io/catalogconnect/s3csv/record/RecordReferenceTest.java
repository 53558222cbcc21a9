package io.catalogconnect.s3csv.record;

import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecordReferenceTest {

    private static final String HEAD = """
            # Records of the S3 CSV source

            This page is generated from the code.

            | record | topics | key | value |
            |---|---|---|---|
            | row | `topic`, `copy.topics` | key of the object | struct named `record.name` with the `columns` |
            | malformed row | `bad.rows.topic` | key of the object | bytes of the row |
            | end marker | `topic`, `copy.topics`, with `object.end.markers=true` | key of the object | none |
            | event | `object.events.topic` | key of the object | struct `io.catalogconnect.ObjectEvent` |

            `object.rows` in a header and `rows` in an event count only rows that were sent as rows. Malformed rows are counted
            separately. All records of an object on one topic are in one partition, in the order of the file.

            ## Headers

            The events `retired` and `watermark` have no headers, because they are not about a version. The event `failed` has
            no headers either.

            """;

    @Test
    void referenceListsEveryHeaderAndEventField() throws IOException {
        new ReferencePage()
                .check(
                        "records/s3-csv-source.md",
                        HEAD + RecordHeader.reference() + "\n## Events\n\n" + ObjectEvent.reference());
    }
}
