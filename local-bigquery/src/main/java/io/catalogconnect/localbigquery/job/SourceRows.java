package io.catalogconnect.localbigquery.job;

import java.io.Closeable;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The rows of an uploaded file. {@code next()} throws {@link MalformedRowException} for a malformed row; the next call continues after it. */
interface SourceRows extends Iterator<@Nullable Object[]>, Closeable {

    /** The number of the last row that was read; the first row has the number 1. */
    long position();
}
