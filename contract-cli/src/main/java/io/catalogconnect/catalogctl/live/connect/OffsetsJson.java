package io.catalogconnect.catalogctl.live.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.SourceProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The offsets that s3-csv-source stores. */
final class OffsetsJson {
    private OffsetsJson() {}

    /** Reads the offsets in the answer of Connect's REST API. */
    static SourceProgress read(List<JsonNode> offsets) {
        List<ObjectProgress> objects = new ArrayList<>();
        Map<Integer, Instant> watermarks = new HashMap<>();
        for (JsonNode entry : offsets) {
            JsonNode partition = entry.path("partition");
            JsonNode offset = entry.path("offset");
            if (partition.has("object")) {
                objects.add(object(partition.path("object").asText(), offset));
            } else if (partition.has("lane")) {
                String lane = partition.path("lane").asText();
                watermarks.put(
                        Integer.parseInt(lane.substring(lane.lastIndexOf('#') + 1)),
                        Instant.ofEpochMilli(offset.path("wm").asLong()));
            }
        }
        return new SourceProgress(objects, watermarks);
    }

    private static ObjectProgress object(String uri, JsonNode offset) {
        return new ObjectProgress(
                uri,
                offset.path("etag").asText(),
                offset.path("byte").asLong(),
                offset.path("size").asLong(),
                Instant.ofEpochMilli(offset.path("lm").asLong()),
                offset.path("row").asLong(),
                offset.path("bad").asLong(),
                offset.path("st").asText().equals("done"));
    }
}
