package io.catalogconnect.localbigquery.job;

import java.io.Closeable;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The rows of an uploaded file, one after the other; {@code next()} throws {@link MalformedRowException} for a bad one and goes on behind it. */
interface SourceRows extends Iterator<@Nullable Object[]>, Closeable {

    /** The number of the row that was read last, from 1. */
    long position();
}
