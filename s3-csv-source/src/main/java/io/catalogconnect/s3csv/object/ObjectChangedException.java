package io.catalogconnect.s3csv.object;

import org.jspecify.annotations.Nullable;

/** The listed version of an object does not exist any more: it was overwritten or deleted. */
public final class ObjectChangedException extends StoreException {

    private static final long serialVersionUID = 1L;

    public ObjectChangedException(ObjectRef object, @Nullable Throwable cause) {
        super(object + " was overwritten or deleted after it was listed (ETag " + object.etag() + ")", cause);
    }
}
