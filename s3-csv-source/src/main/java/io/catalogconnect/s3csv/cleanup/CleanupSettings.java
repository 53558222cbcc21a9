package io.catalogconnect.s3csv.cleanup;

import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.s3.S3Move;
import io.catalogconnect.s3csv.object.s3.S3Settings;
import io.catalogconnect.s3csv.object.s3.S3Tag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Treatment of completed objects. Immutable.
 *
 * @param movePrefix prefix of the keys of moved objects
 * @param interval time between two passes
 */
public record CleanupSettings(Action action, String movePrefix, Tag tag, Duration interval) {

    /** What is done with a completed object. */
    public enum Action {
        NONE,
        TAG,
        MOVE
    }

    /** An object tag. */
    public record Tag(String key, String value) {}

    /** Creates the disposal without opening a connection; null if completed objects stay as they are. */
    @Nullable
    ObjectDisposal openDisposal(S3Settings s3) {
        return switch (action) {
            case NONE -> null;
            case TAG -> S3Tag.open(s3, tag.key(), tag.value());
            case MOVE -> S3Move.open(s3, movePrefix);
        };
    }
}
