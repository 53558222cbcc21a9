package io.catalogconnect.catalogctl.live.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.SourceProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OffsetsJsonTest {
    @Test
    void offsetsOfObjectsAndLanesAreRead() throws Exception {
        List<JsonNode> offsets = new ArrayList<>();
        new ObjectMapper().readTree("""
                        [{"partition": {"object": "s3://b/k.csv"}, "offset":
                           {"v": 1, "etag": "e", "size": 10, "lm": 1793491200000, "byte": 25, "row": 4, "bad": 1, "st": "open"}},
                         {"partition": {"object": "s3://b/l.csv"}, "offset":
                           {"v": 1, "etag": "f", "size": 10, "lm": 1793491200000, "byte": 25, "row": 4, "st": "done"}},
                         {"partition": {"lane": "s3://b/a#c#12"}, "offset": {"v": 1, "wm": 1793491200000}}]""").forEach(offsets::add);
        Instant modified = Instant.ofEpochMilli(1793491200000L);
        SourceProgress progress = OffsetsJson.read(offsets);
        assertThat(progress)
                .isEqualTo(new SourceProgress(
                        List.of(
                                new ObjectProgress("s3://b/k.csv", "e", 25, 10, modified, 4, 1, false),
                                new ObjectProgress("s3://b/l.csv", "f", 25, 10, modified, 4, 0, true)),
                        Map.of(12, modified)));
        // The positions are of the decompressed object.
        assertThat(progress.objects()).extracting(ObjectProgress::bytesRead).containsExactly(10L, 10L);
    }
}
