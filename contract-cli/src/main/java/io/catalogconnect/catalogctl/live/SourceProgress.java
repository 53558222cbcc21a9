package io.catalogconnect.catalogctl.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The committed offsets of a source.
 *
 * @param objects the objects with an offset
 * @param watermarks by source lane, the last modification up to which objects without an offset have been read
 */
public record SourceProgress(List<ObjectProgress> objects, Map<Integer, Instant> watermarks) {
    public SourceProgress {
        objects = List.copyOf(objects);
        watermarks = Map.copyOf(watermarks);
    }
}
