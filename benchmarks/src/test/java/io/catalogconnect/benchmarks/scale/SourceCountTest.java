package io.catalogconnect.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceCountTest {
    private static final Schema ROW =
            SchemaBuilder.struct().field("c0", Schema.INT64_SCHEMA).build();

    private final SourceCount count = new SourceCount();

    @Test
    void everyRowAndEveryEndOnce() {
        row(0);
        end("done");
        row(1);
        end("done");
        assertThatCode(() -> count.check(new GeneratedObjects(2, 1, 10))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 2, done, '2 rows, whose numbers have the sum 2000000003, and 2 end markers, of which 2 have'",
        "0, 0, 2, done, '2 rows, whose numbers have the sum 2000000000, and 2 end markers, of which 2 have'",
        "0, 1, 1, done, '2 rows, whose numbers have the sum 2000000001, and 1 end markers, of which 1 have'",
        "0, 1, 3, done, '2 rows, whose numbers have the sum 2000000001, and 3 end markers, of which 3 have'",
        "0, 1, 2, open, '2 rows, whose numbers have the sum 2000000001, and 2 end markers, of which 0 have'",
    })
    void everythingElseFails(int firstRow, int secondRow, int ends, String state, String counted) {
        row(firstRow);
        row(secondRow);
        for (int i = 0; i < ends; i++) {
            end(state);
        }
        assertThatThrownBy(() -> count.check(new GeneratedObjects(2, 1, 10)))
                .hasMessage(
                        "The source has sent " + counted + " the offset of an end, but the bucket has 2 objects with 2"
                                + " rows, and the sum of their numbers is 2000000001");
    }

    @Test
    void rowThatIsMissingFails() {
        row(0);
        end("done");
        end("done");
        assertThatThrownBy(() -> count.check(new GeneratedObjects(2, 1, 10)))
                .hasMessageStartingWith("The source has sent 1 rows");
    }

    private void row(long number) {
        Struct row = new Struct(ROW).put("c0", GeneratedObjects.FIRST_ROW + number);
        count.add(new SourceRecord(Map.of(), Map.of(), "products", ROW, row));
    }

    private void end(String state) {
        Map<String, Object> offset =
                Map.of("v", 1L, "etag", "e", "size", 9L, "lm", 0L, "byte", 9L, "row", 1L, "bad", 0L, "st", state);
        count.add(new SourceRecord(Map.of(), offset, "products", null, null));
    }
}
