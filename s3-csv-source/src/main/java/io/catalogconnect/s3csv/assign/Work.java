package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;

/**
 * An object with rows left to deliver.
 *
 * @param from how far this very version is read
 */
public record Work(ObjectRef object, SourceOffset from) {

    public Work {
        if (!from.isOf(object)) {
            throw new IllegalArgumentException("Progress in another version of " + object);
        }
    }
}
