package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class ObjectOffsetTest {
    @Test
    void offsetsOfObjectsAreReadAndThoseOfLanesAreNot() throws Exception {
        JsonNode answer = new ObjectMapper().readTree("""
                [{"partition": {"object": "s3://b/open.csv"},
                  "offset": {"v": 1, "etag": "e", "size": 100, "byte": 60, "row": 6, "st": "open"}},
                 {"partition": {"object": "s3://b/done.csv.gz"},
                  "offset": {"v": 1, "etag": "f", "size": 100, "byte": 900, "row": 9, "bad": 2, "st": "done"}},
                 {"partition": {"object": "s3://b/open.csv.gz"},
                  "offset": {"v": 1, "etag": "g", "size": 100, "byte": 800, "row": 8, "st": "open"}},
                 {"partition": {"lane": 0}, "offset": {"v": 1}}]
                """);
        List<ObjectOffset> offsets = ObjectOffset.of(
                StreamSupport.stream(answer.spliterator(), false).toList());
        assertThat(offsets)
                .containsExactly(
                        new ObjectOffset("s3://b/open.csv", "e", 60, 100, 6, 0, false),
                        new ObjectOffset("s3://b/done.csv.gz", "f", 900, 100, 9, 2, true),
                        new ObjectOffset("s3://b/open.csv.gz", "g", 800, 100, 8, 0, false));
        assertThat(offsets).extracting(ObjectOffset::bytesRead).containsExactly(60L, 100L, 100L);
    }
}
