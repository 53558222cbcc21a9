package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import org.jspecify.annotations.Nullable;

/**
 * An object with rows left to deliver.
 *
 * @param from how far this very version is read
 * @param formerEtag the version that this one replaces, when that one had been seen
 */
public record Work(
        ObjectRef object, SourceOffset from, @Nullable String formerEtag) {

    public Work {
        if (!from.isOf(object)) {
            throw new IllegalArgumentException("Progress in another version of " + object);
        }
    }
}
