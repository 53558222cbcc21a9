package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import org.jspecify.annotations.Nullable;

/**
 * An object with rows left to deliver. Immutable.
 *
 * @param from the progress in this version
 * @param formerEtag the version that this one replaces; null if no other version is known
 */
public record UnreadObject(
        ObjectRef object, SourceOffset from, @Nullable String formerEtag) {

    public UnreadObject {
        if (!from.isOf(object)) {
            throw new IllegalArgumentException("The progress is of another version of " + object);
        }
    }

    /** The rest of this version from a progress on. */
    public UnreadObject restFrom(SourceOffset progress) {
        return new UnreadObject(object, progress, progress.nextByte() == 0 ? formerEtag : null);
    }

    /** True if no row of this version was delivered before. */
    public boolean isWhole() {
        return from.rows() == 0;
    }
}
