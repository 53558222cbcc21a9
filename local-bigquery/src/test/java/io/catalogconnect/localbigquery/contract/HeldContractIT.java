package io.catalogconnect.localbigquery.contract;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.Appends.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.OutOfRangeException;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Int64Value;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams whose rows are not visible when they are acknowledged: BUFFERED and PENDING. */
class HeldContractIT {
    @RegisterExtension
    static final ContractDataset bigquery = new ContractDataset();

    @SuppressWarnings("NullAway.Init")
    private TableId table;

    @SuppressWarnings("NullAway.Init")
    private Descriptor row;

    @BeforeEach
    void createTable() throws Exception {
        table = bigquery.table("(name STRING)");
        row = bigquery.descriptor(table);
    }

    private WriteStream streamOf(WriteStream.Type type, String... names) throws Exception {
        WriteStream stream = bigquery.stream(table, type);
        try (StreamWriter writer = bigquery.writer(stream.getName(), row)) {
            get(writer.append(rows(row, (Object[]) names), 0));
        }
        return stream;
    }

    private List<String> visible() throws InterruptedException {
        return bigquery.query("SELECT name FROM " + table.getTable() + " ORDER BY name");
    }

    private static long flush(String stream, long offset) {
        return bigquery.storage()
                .flushRows(FlushRowsRequest.newBuilder()
                        .setWriteStream(stream)
                        .setOffset(Int64Value.of(offset))
                        .build())
                .getOffset();
    }

    private static BatchCommitWriteStreamsResponse commit(TableId parent, String... streams) {
        return bigquery.storage()
                .batchCommitWriteStreams(BatchCommitWriteStreamsRequest.newBuilder()
                        .setParent(bigquery.path(parent))
                        .addAllWriteStreams(List.of(streams))
                        .build());
    }

    private static void assertError(StorageError error, StorageErrorCode code, String stream, String text) {
        assertThat(error.getCode()).isEqualTo(code);
        assertThat(error.getEntity()).isEqualTo(stream);
        bigquery.assertSays(error.getErrorMessage(), "", text);
    }

    /** The gRPC message, which the client wraps in an exception. */
    private static Throwable wire(Throwable thrown) {
        return Objects.requireNonNull(thrown.getCause());
    }

    @Test
    void bufferedRowsAreVisibleUpToTheFlushedOffset() throws Exception {
        String stream = streamOf(WriteStream.Type.BUFFERED, "a", "b", "c").getName();
        assertThat(visible()).isEmpty();

        assertThat(flush(stream, 1)).isEqualTo(1);
        assertThat(visible()).containsExactly("a", "b");

        flush(stream, 0);
        assertThat(visible()).containsExactly("a", "b");

        assertThat(flush(stream, 2)).isEqualTo(2);
        assertThat(visible()).containsExactly("a", "b", "c");
    }

    @Test
    void flushBeyondTheEndIsRefused() throws Exception {
        String stream = streamOf(WriteStream.Type.BUFFERED, "a").getName();
        Throwable beyond = catchThrowable(() -> flush(stream, 1));
        assertThat(beyond).isInstanceOf(OutOfRangeException.class);
        bigquery.assertSays(
                wire(beyond),
                "OUT_OF_RANGE: ",
                "The offset is beyond stream, expected offset 1, received 1 Entity: " + stream);
    }

    @Test
    void finalizedStreamRefusesFlush() throws Exception {
        String stream = streamOf(WriteStream.Type.BUFFERED, "a").getName();
        bigquery.storage().finalizeWriteStream(stream);
        Throwable finalized = catchThrowable(() -> flush(stream, 0));
        assertThat(finalized).isInstanceOf(InvalidArgumentException.class);
        bigquery.assertSays(
                wire(finalized),
                "INVALID_ARGUMENT: ",
                "Stream has been finalized and cannot be appended. Entity: " + stream);
    }

    @Test
    void onlyBufferedStreamIsFlushedAndDefaultStreamIsNotFinalized() throws Exception {
        String stream = streamOf(WriteStream.Type.PENDING, "a").getName();
        bigquery.assertSays(
                wire(catchThrowable(() -> flush(stream, 0))),
                "INVALID_ARGUMENT: ",
                "FlushRows is only supported on a BUFFERED stream; this one is PENDING. Entity: " + stream);
        String standard = bigquery.defaultStream(table);
        bigquery.assertSays(
                wire(catchThrowable(() -> flush(standard, 0))),
                "INVALID_ARGUMENT: ",
                "FlushRows is not supported on the default stream. Entity: " + standard);
        bigquery.assertSays(
                wire(catchThrowable(() -> bigquery.storage().finalizeWriteStream(standard))),
                "INVALID_ARGUMENT: ",
                "FinalizeWriteStream is not supported on the default stream. Entity: " + standard);
    }

    @Test
    void pendingStreamsBecomeVisibleTogether() throws Exception {
        String one = streamOf(WriteStream.Type.PENDING, "a", "b").getName();
        String other = streamOf(WriteStream.Type.PENDING, "c").getName();
        assertThat(bigquery.storage().finalizeWriteStream(one).getRowCount()).isEqualTo(2);
        assertThat(bigquery.storage().finalizeWriteStream(other).getRowCount()).isEqualTo(1);
        assertThat(visible()).isEmpty();
        assertThat(bigquery.storage().getWriteStream(one).hasCommitTime()).isFalse();

        BatchCommitWriteStreamsResponse committed = commit(table, one, other);
        assertThat(committed.getStreamErrorsList()).isEmpty();
        assertThat(committed.hasCommitTime()).isTrue();
        assertThat(visible()).containsExactly("a", "b", "c");
        assertThat(bigquery.storage().getWriteStream(one).getCommitTime()).isEqualTo(committed.getCommitTime());
    }

    @Test
    void failedCommitOfOneStreamHidesAllStreams() throws Exception {
        String finalized = streamOf(WriteStream.Type.PENDING, "a").getName();
        bigquery.storage().finalizeWriteStream(finalized);
        String open = streamOf(WriteStream.Type.PENDING, "b").getName();
        String committed = streamOf(WriteStream.Type.COMMITTED, "visible").getName();
        String unknown = bigquery.path(table) + "/streams/unknown";

        BatchCommitWriteStreamsResponse refused = commit(table, finalized, open, committed, unknown);
        assertThat(refused.hasCommitTime()).isFalse();
        assertThat(refused.getStreamErrorsList()).hasSize(3);
        assertError(
                refused.getStreamErrors(0),
                StorageErrorCode.INVALID_STREAM_STATE,
                open,
                "Stream must be finalized before it is committed.");
        assertError(
                refused.getStreamErrors(1),
                StorageErrorCode.INVALID_STREAM_TYPE,
                committed,
                "Only PENDING streams can be committed; this one is COMMITTED.");
        assertError(
                refused.getStreamErrors(2),
                StorageErrorCode.STREAM_NOT_FOUND,
                unknown,
                "Requested entity was not found.");
        assertThat(visible()).containsExactly("visible");
    }

    @Test
    void secondCommitReportsThatTheStreamIsCommitted() throws Exception {
        String stream = streamOf(WriteStream.Type.PENDING, "a").getName();
        bigquery.storage().finalizeWriteStream(stream);
        commit(table, stream);
        BatchCommitWriteStreamsResponse again = commit(table, stream);
        assertThat(again.getStreamErrorsList()).hasSize(1);
        assertError(
                again.getStreamErrors(0),
                StorageErrorCode.STREAM_ALREADY_COMMITTED,
                stream,
                "Stream has already been committed.");
        assertThat(visible()).containsExactly("a");
    }

    @Test
    void streamOfAnotherTableIsNotCommitted() throws Exception {
        String stream = streamOf(WriteStream.Type.PENDING, "a").getName();
        TableId other = bigquery.table("(name STRING)");
        bigquery.assertSays(
                wire(catchThrowable(() -> commit(other, stream))),
                "INVALID_ARGUMENT: ",
                "Stream " + stream + " does not belong to the parent table " + bigquery.path(other) + ".");
        bigquery.assertSays(
                wire(catchThrowable(() -> commit(table))),
                "INVALID_ARGUMENT: ",
                "BatchCommitWriteStreams needs at least one stream.");
    }
}
