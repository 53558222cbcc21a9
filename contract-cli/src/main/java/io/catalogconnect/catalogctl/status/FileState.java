package io.catalogconnect.catalogctl.status;

import java.time.Instant;
import java.util.Locale;

/**
 * A file in the bucket.
 *
 * @param uri {@code s3://bucket/key}
 * @param date date of the file; empty if it is not known
 * @param size the stored size in bytes
 * @param bytesRead bytes of them that the source has read
 * @param rows rows that the source has read, malformed ones included
 */
public record FileState(
        String uri,
        String date,
        Phase phase,
        Instant delivered,
        long size,
        long bytesRead,
        long rows,
        long malformedRows) {
    /** How far the source is. */
    public enum Phase {
        WAITING,
        OPEN,
        READ;

        /** The phase in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The part of the file that has been read, in percent. */
    public long percent() {
        return phase == Phase.READ ? 100 : size == 0 ? 0 : bytesRead * 100 / size;
    }

    /** The last part of the key. */
    public String name() {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }
}
