package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.contract.report.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of a replay.
 *
 * @param objects files that the source has read, or has started to read
 * @param unread files that match too, but that the source reads anyway
 * @param offsets request that sets the offsets of the files for the present progress of the source
 * @param isOfWholeDates whether all files of their dates were selected
 */
public record ReplayPlan(
        List<DeliveredObject> objects, List<DeliveredObject> unread, String offsets, boolean isOfWholeDates) {
    public ReplayPlan {
        objects = List.copyOf(objects);
        unread = List.copyOf(unread);
    }

    /**
     * Selects files.
     *
     * @param listed the files in the bucket
     * @param progress the offsets of the source
     * @throws RefusedException if a name is not that of a file, or no selected file was read
     */
    public static ReplayPlan select(Selection selection, List<DeliveredObject> listed, SourceProgress progress)
            throws RefusedException {
        ReplayPlan plan = of(selection, listed, progress);
        Set<String> unknown = selection.unknown(listed);
        if (!unknown.isEmpty()) {
            throw new RefusedException("The source lists no file with the name " + String.join(", ", unknown) + ".");
        }
        if (plan.objects().isEmpty()) {
            throw new RefusedException(
                    plan.unread().isEmpty()
                            ? "The source lists no file " + selection + "."
                            : "The source has not read the files " + selection
                                    + " yet. It reads them without a replay.");
        }
        return plan;
    }

    /** Selects files, also if none is found. */
    static ReplayPlan of(Selection selection, List<DeliveredObject> listed, SourceProgress progress) {
        Set<String> known = progress.objects().stream().map(ObjectProgress::uri).collect(Collectors.toSet());
        List<DeliveredObject> objects = new ArrayList<>();
        List<DeliveredObject> unread = new ArrayList<>();
        for (DeliveredObject object : listed) {
            if (!selection.matches(object)) {
                continue;
            }
            boolean isRead = known.contains(object.uri()) || ReplayOffsets.isCovered(object, progress);
            (isRead ? objects : unread).add(object);
        }
        return new ReplayPlan(
                objects,
                unread,
                ReplayOffsets.request(objects, progress),
                selection.files().isEmpty());
    }

    /** Number of files and bytes, as in {@code 31 files, 9800 MB}. */
    public String size() {
        long bytes = objects.stream().mapToLong(DeliveredObject::size).sum();
        String size = bytes < 10_000
                ? bytes + " bytes"
                : bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
        return Counted.of(objects.size(), "file") + ", " + size;
    }

    /** Number of different dates of the files. */
    public long dates() {
        return objects.stream().map(DeliveredObject::date).distinct().count();
    }
}
