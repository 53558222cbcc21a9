package io.catalogconnect.s3csv.offset;

import java.util.Map;

/**
 * What is stored about a lane: every object of it that was last modified at or before the watermark, and has no entry of its
 * own, is done. Stored under {@code {"lane": "s3://bucket/prefix#12"}}.
 *
 * @param scope the bucket and prefix that are listed
 * @param lastModified the watermark, in milliseconds since 1970
 */
public record LaneWatermark(String scope, int lane, long lastModified) {

    /** The only key of the partition's map. */
    public static final String LANE = "lane";

    private static final String VERSION = "v";
    private static final String WATERMARK = "wm";

    /** What Connect stores a lane's watermark under. */
    public static Map<String, String> partition(String scope, int lane) {
        return Map.of(LANE, scope + "#" + lane);
    }

    public Map<String, String> partition() {
        return partition(scope, lane);
    }

    public Map<String, Object> offset() {
        return Map.of(VERSION, SourceOffset.VERSION, WATERMARK, lastModified);
    }

    /**
     * Reads the watermark that Connect stores.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static long fromMap(Map<String, ?> offset) {
        if (offset.get(VERSION) instanceof Number version
                && version.longValue() == SourceOffset.VERSION
                && offset.get(WATERMARK) instanceof Number watermark
                && offset.size() == 2) {
            return watermark.longValue();
        }
        throw new IllegalArgumentException(
                "A lane's offset is " + offset + ", not like {\"v\": 1, \"wm\": milliseconds since 1970}");
    }
}
