package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.status.FileState.Phase;
import io.catalogconnect.catalogctl.status.Status.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the files in a bucket with the offsets of the source.
 *
 * @param ignoresChanges whether the source skips new versions of the files that it has read
 */
record FilesReader(Bucket bucket, boolean ignoresChanges) {
    FilesReader(Bucket bucket, Map<String, String> source) {
        this(bucket, source.getOrDefault("object.changed", "").equals("ignore"));
    }

    /** A bucket to which this machine has no access is noted. */
    Files read(SourceProgress progress) {
        Map<String, ObjectProgress> known =
                progress.objects().stream().collect(Collectors.toMap(ObjectProgress::uri, Function.identity()));
        List<FileState> files = new ArrayList<>();
        String problem = "";
        try {
            for (DeliveredObject object : bucket.objects()) {
                files.add(file(object, Optional.ofNullable(known.remove(object.uri())), progress.watermarks()));
            }
        } catch (LiveException e) {
            problem = String.valueOf(e.getMessage());
        }
        // An object that is not listed was deleted: its rows stay if it was read to its end, and it is never read
        // further.
        boolean isListed = problem.isEmpty();
        known.values().stream()
                .filter(object -> object.isDone() || !isListed)
                .forEach(object -> files.add(file(object)));
        files.sort(Comparator.comparing(FileState::delivered).reversed().thenComparing(FileState::uri));
        return new Files(isListed, problem, files);
    }

    private FileState file(
            DeliveredObject object, Optional<ObjectProgress> progress, Map<Integer, Instant> watermarks) {
        Optional<ObjectProgress> same =
                progress.filter(offset -> offset.etag().equals(object.etag()) || (ignoresChanges && offset.isDone()));
        Instant watermark = watermarks.getOrDefault(object.lane(), Instant.MIN);
        boolean isCovered = progress.isEmpty() && !object.lastModified().isAfter(watermark);
        boolean isRead = isCovered || same.filter(ObjectProgress::isDone).isPresent();
        return new FileState(
                object.uri(),
                object.date(),
                isRead ? Phase.READ : same.isPresent() ? Phase.OPEN : Phase.WAITING,
                object.lastModified(),
                object.size(),
                isRead ? object.size() : same.map(ObjectProgress::bytesRead).orElse(0L),
                same.map(ObjectProgress::rows).orElse(0L),
                same.map(ObjectProgress::malformedRows).orElse(0L));
    }

    private static FileState file(ObjectProgress object) {
        return new FileState(
                object.uri(),
                "",
                object.isDone() ? Phase.READ : Phase.OPEN,
                object.lastModified(),
                object.size(),
                object.bytesRead(),
                object.rows(),
                object.malformedRows());
    }
}
