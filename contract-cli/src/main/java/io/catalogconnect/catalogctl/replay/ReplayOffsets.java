package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.report.JsonText;
import io.catalogconnect.contract.yaml.YamlFile;
import io.catalogconnect.contract.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The offsets with which a source reads files from their first row, as a request of Connect's REST API. */
final class ReplayOffsets {
    private static final String OFFSETS = "offsets";
    private static final String PARTITION = "partition";
    private static final String OBJECT = "object";

    private ReplayOffsets() {}

    /**
     * The request for files.
     *
     * @param progress the offsets of the source. A later watermark may cover a file whose offset is null, so the source must not
     *     run until the request is sent
     */
    static String request(List<DeliveredObject> objects, SourceProgress progress) {
        List<Object> offsets = new ArrayList<>();
        for (DeliveredObject object : objects) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put(PARTITION, Map.of(OBJECT, object.uri()));
            entry.put("offset", isCovered(object, progress) ? start(object) : null);
            offsets.add(entry);
        }
        return JsonText.of(Map.of(OFFSETS, offsets));
    }

    /** An object that a watermark covers is read only if it has an offset. */
    static boolean isCovered(DeliveredObject object, SourceProgress progress) {
        Instant watermark = progress.watermarks().getOrDefault(object.lane(), Instant.MIN);
        return !object.lastModified().isAfter(watermark);
    }

    /** The offset before the first row. */
    private static Map<String, Object> start(DeliveredObject object) {
        Map<String, Object> offset = new LinkedHashMap<>();
        offset.put("v", 1);
        offset.put("etag", object.etag());
        offset.put("size", object.size());
        offset.put("lm", object.lastModified().toEpochMilli());
        offset.put("byte", 0);
        offset.put("row", 0);
        offset.put("st", "open");
        return offset;
    }

    /**
     * The present versions of the files in an earlier request.
     *
     * @param request a request as JSON, which is YAML too
     * @param listed the files in the bucket
     * @throws RefusedException if a file is not in the bucket
     */
    static List<DeliveredObject> objects(String request, List<DeliveredObject> listed) throws RefusedException {
        Set<String> wanted = new TreeSet<>();
        YamlNode root = YamlFile.parse(request.getBytes(StandardCharsets.UTF_8), new Findings())
                .root();
        if (entry(root, OFFSETS) instanceof YamlNode.Sequence offsets) {
            for (YamlNode offset : offsets.items()) {
                if (entry(entry(offset, PARTITION), OBJECT) instanceof YamlNode.Scalar uri) {
                    wanted.add(uri.value());
                }
            }
        }
        List<DeliveredObject> found =
                listed.stream().filter(object -> wanted.contains(object.uri())).toList();
        found.forEach(object -> wanted.remove(object.uri()));
        if (!wanted.isEmpty()) {
            throw new RefusedException("The source does not list " + String.join(", ", wanted) + " any more. Give the"
                    + " replay up with --abandon, and begin one of the other files.");
        }
        return found;
    }

    private static @Nullable YamlNode entry(@Nullable YamlNode node, String key) {
        return node instanceof YamlNode.Mapping mapping ? mapping.entries().get(key) : null;
    }
}
