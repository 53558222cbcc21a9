package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.Delivery.Share;
import io.catalogconnect.localstack.ObjectOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows which files the source reads, and a line for each one that it has read. Not thread-safe. */
final class ReadFiles {
    private final ProgressLine progress;
    private @Nullable Set<String> known;

    ReadFiles(ProgressLine progress) {
        this.progress = progress;
    }

    /** Takes the offsets of all objects. Objects that were read before the first call are not shown. */
    void show(List<ObjectOffset> offsets) {
        boolean first = known == null;
        Set<String> seen = known == null ? new HashSet<>() : known;
        known = seen;
        Share open = new Share(0, 0);
        long rows = 0;
        for (ObjectOffset offset : offsets) {
            if (!offset.done()) {
                open = new Share(open.done() + offset.bytesRead(), open.total() + offset.size());
                rows += offset.rows();
            } else if (seen.add(offset.uri() + " " + offset.etag()) && !first) {
                progress.step("Read " + offset.uri() + ", " + offset.rows() + (offset.rows() == 1 ? " row" : " rows"));
            }
        }
        if (open.total() > 0) {
            progress.reading(open, rows);
        }
    }
}
