package io.catalogconnect.bigquery.commit;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Connection to one stream. The service processes requests in their order. Used by one thread at a time. */
public interface StreamConnection extends AutoCloseable {

    /**
     * Appends rows without blocking. The future always completes normally, with {@link AppendAnswer.Unavailable} if the
     * connection ended before the answer.
     *
     * @param streamOffset stream offset of the first row; empty to append at the stream's end
     */
    CompletableFuture<AppendAnswer> append(OptionalLong streamOffset, RowFormat format, List<ByteString> rows);

    /** Whether the connection accepts requests. */
    boolean isOpen();

    /** Closes without blocking; requests in flight are answered with {@link AppendAnswer.Unavailable}. */
    @Override
    void close();
}
