package io.catalogconnect.s3csv.object;

import org.jspecify.annotations.Nullable;

/** A stream of stored bytes whose content encoding the store declares. */
public interface ContentEncoded {

    /** The header {@code Content-Encoding} of the object; null for none, and before the first byte was read. */
    @Nullable
    String contentEncoding();
}
