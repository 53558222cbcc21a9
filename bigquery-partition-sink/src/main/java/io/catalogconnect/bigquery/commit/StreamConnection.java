package io.catalogconnect.bigquery.commit;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** One connection to one stream. Requests are worked on in the order they were made. Used by one thread at a time. */
public interface StreamConnection extends AutoCloseable {

    /**
     * Appends rows without waiting. The future always completes normally: an answer says what came of it, or that the
     * connection was lost before anyone could tell.
     *
     * @param streamOffset where in the stream the first row must land; empty to append at the end, wherever that is
     */
    CompletableFuture<AppendAnswer> append(OptionalLong streamOffset, RowFormat format, List<ByteString> rows);

    /** Whether a request made now has a chance. */
    boolean isOpen();

    /** Lets go at once, without waiting for anything; requests under way end as lost. */
    @Override
    void close();
}
