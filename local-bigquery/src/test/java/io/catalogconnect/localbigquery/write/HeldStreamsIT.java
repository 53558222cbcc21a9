package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static io.catalogconnect.localbigquery.write.WriteFixture.get;
import static io.catalogconnect.localbigquery.write.WriteFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.OutOfRangeException;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Int64Value;
import io.catalogconnect.localbigquery.store.TableRef;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose rows are not visible when they are acknowledged. */
class HeldStreamsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private WriteFixture bigquery;

    @SuppressWarnings("NullAway.Init")
    private TableRef table;

    @SuppressWarnings("NullAway.Init")
    private Descriptor descriptor;

    @BeforeEach
    void start() throws Exception {
        bigquery = new WriteFixture(folder, Clock.systemUTC());
        table = bigquery.table("t", field("name", "STRING"));
        descriptor = bigquery.descriptor(table);
    }

    @AfterEach
    void stop() throws SQLException {
        bigquery.close();
    }

    private WriteStream streamOf(WriteStream.Type type, String... names) throws Exception {
        WriteStream stream = bigquery.stream(table, type);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            get(writer.append(rows(descriptor, (Object[]) names), 0));
        }
        return stream;
    }

    private List<String> visible() throws SQLException {
        return bigquery.query(table, "SELECT name FROM $t ORDER BY name");
    }

    private long flush(WriteStream stream, long offset) {
        return bigquery.client
                .flushRows(FlushRowsRequest.newBuilder()
                        .setWriteStream(stream.getName())
                        .setOffset(Int64Value.of(offset))
                        .build())
                .getOffset();
    }

    private BatchCommitWriteStreamsResponse commit(WriteStream... streams) {
        BatchCommitWriteStreamsRequest.Builder request =
                BatchCommitWriteStreamsRequest.newBuilder().setParent(table.path());
        for (WriteStream stream : streams) {
            request.addWriteStreams(stream.getName());
        }
        return bigquery.client.batchCommitWriteStreams(request.build());
    }

    @Test
    void bufferedRowsAreVisibleUpToTheFlushedOffset() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.BUFFERED, "a", "b", "c");
        assertThat(visible()).isEmpty();

        assertThat(flush(stream, 1)).isEqualTo(1);
        assertThat(visible()).containsExactly("a", "b");

        assertThat(flush(stream, 0)).isEqualTo(0);
        assertThat(visible()).containsExactly("a", "b");

        assertThat(flush(stream, 2)).isEqualTo(2);
        assertThat(visible()).containsExactly("a", "b", "c");
    }

    @Test
    void aFlushBeyondTheEndIsRefused() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.BUFFERED, "a");
        assertThatThrownBy(() -> flush(stream, 1))
                .isInstanceOf(OutOfRangeException.class)
                .hasMessage(
                        "io.grpc.StatusRuntimeException: OUT_OF_RANGE: The offset is beyond stream, expected offset 1, received 1"
                                + " Entity: " + stream.getName());
    }

    @Test
    void aFinalizedStreamRefusesAFlush() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.BUFFERED, "a");
        bigquery.client.finalizeWriteStream(stream.getName());
        assertThatThrownBy(() -> flush(stream, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "io.grpc.StatusRuntimeException: INVALID_ARGUMENT: Stream has been finalized and cannot be appended. Entity: "
                                + stream.getName());
    }

    @Test
    void onlyBufferedStreamsAreFlushed() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.PENDING, "a");
        assertThatThrownBy(() -> flush(stream, 0))
                .hasMessage(
                        "io.grpc.StatusRuntimeException: INVALID_ARGUMENT: FlushRows is only supported on a BUFFERED stream; this one is"
                                + " PENDING. Entity: " + stream.getName());
        WriteStream defaultStream = WriteStream.newBuilder()
                .setName(table.path() + "/streams/_default")
                .build();
        assertThatThrownBy(() -> flush(defaultStream, 0))
                .hasMessage(
                        "io.grpc.StatusRuntimeException: INVALID_ARGUMENT: FlushRows is not supported on the default stream. Entity: "
                                + defaultStream.getName());
        assertThatThrownBy(() -> bigquery.client.finalizeWriteStream(defaultStream.getName()))
                .hasMessage(
                        "io.grpc.StatusRuntimeException: INVALID_ARGUMENT: FinalizeWriteStream is not supported on the default stream."
                                + " Entity: " + defaultStream.getName());
    }

    @Test
    void pendingStreamsBecomeVisibleTogether() throws Exception {
        WriteStream one = streamOf(WriteStream.Type.PENDING, "a", "b");
        WriteStream other = streamOf(WriteStream.Type.PENDING, "c");
        bigquery.client.finalizeWriteStream(one.getName());
        bigquery.client.finalizeWriteStream(other.getName());
        assertThat(visible()).isEmpty();
        assertThat(bigquery.client.getWriteStream(one.getName()).hasCommitTime())
                .isFalse();

        BatchCommitWriteStreamsResponse committed = commit(one, other);
        assertThat(committed.getStreamErrorsList()).isEmpty();
        assertThat(committed.hasCommitTime()).isTrue();
        assertThat(visible()).containsExactly("a", "b", "c");
        assertThat(bigquery.client.getWriteStream(one.getName()).getCommitTime())
                .isEqualTo(committed.getCommitTime());
    }

    @Test
    void oneStreamThatCannotBeCommittedKeepsAllFromView() throws Exception {
        WriteStream finalized = streamOf(WriteStream.Type.PENDING, "a");
        bigquery.client.finalizeWriteStream(finalized.getName());
        WriteStream open = streamOf(WriteStream.Type.PENDING, "b");
        WriteStream committed = streamOf(WriteStream.Type.COMMITTED, "visible");
        WriteStream unknown = WriteStream.newBuilder()
                .setName(table.path() + "/streams/unknown")
                .build();

        BatchCommitWriteStreamsResponse refused = commit(finalized, open, committed, unknown);
        assertThat(refused.hasCommitTime()).isFalse();
        assertThat(refused.getStreamErrorsList())
                .containsExactly(
                        error(
                                StorageError.StorageErrorCode.INVALID_STREAM_STATE,
                                open,
                                "Stream must be finalized before it is committed."),
                        error(
                                StorageError.StorageErrorCode.INVALID_STREAM_TYPE,
                                committed,
                                "Only PENDING streams can be committed; this one is COMMITTED."),
                        error(
                                StorageError.StorageErrorCode.STREAM_NOT_FOUND,
                                unknown,
                                "Requested entity was not found."));
        assertThat(visible()).containsExactly("visible");
    }

    @Test
    void aSecondCommitTellsThatTheFirstHappened() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.PENDING, "a");
        bigquery.client.finalizeWriteStream(stream.getName());
        commit(stream);
        assertThat(commit(stream).getStreamErrorsList())
                .containsExactly(error(
                        StorageError.StorageErrorCode.STREAM_ALREADY_COMMITTED,
                        stream,
                        "Stream has already been committed."));
        assertThat(visible()).containsExactly("a");
    }

    @Test
    void aStreamOfAnotherTableIsNotCommittedHere() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.PENDING, "a");
        TableRef other = bigquery.table("other", field("name", "STRING"));
        assertThatThrownBy(() -> bigquery.client.batchCommitWriteStreams(BatchCommitWriteStreamsRequest.newBuilder()
                        .setParent(other.path())
                        .addWriteStreams(stream.getName())
                        .build()))
                .hasMessage("io.grpc.StatusRuntimeException: INVALID_ARGUMENT: Stream " + stream.getName()
                        + " does not belong to the parent table " + other.path() + ".");
        assertThatThrownBy(this::commit)
                .hasMessage(
                        "io.grpc.StatusRuntimeException: INVALID_ARGUMENT: BatchCommitWriteStreams needs at least one stream.");
    }

    @Test
    void heldRowsAndTheirOffsetsAreThereAfterARestart() throws Exception {
        WriteStream buffered = streamOf(WriteStream.Type.BUFFERED, "a", "b");
        WriteStream pending = streamOf(WriteStream.Type.PENDING, "p");
        flush(buffered, 0);
        bigquery.close();
        bigquery = new WriteFixture(folder, Clock.systemUTC());
        assertThat(visible()).containsExactly("a");
        flush(buffered, 1);
        assertThat(bigquery.client.finalizeWriteStream(pending.getName()).getRowCount())
                .isEqualTo(1);
        commit(pending);
        assertThat(visible()).containsExactly("a", "b", "p");
    }

    @Test
    void heldRowsFollowTheSchema() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.BUFFERED, "a");
        bigquery.addColumn(table, field("more", "INTEGER"));
        flush(stream, 0);
        assertThat(bigquery.query(table, "SELECT name || coalesce(more, -1) FROM $t"))
                .containsExactly("a-1");
    }

    @Test
    void bufferedNestedRowsComeOutAsTheyWentIn() throws Exception {
        TableRef nested = bigquery.table(
                "nested",
                field("list", "STRING").setMode("REPEATED"),
                field("s", "RECORD").setFields(List.of(field("a", "INTEGER"))));
        Descriptor rows = bigquery.descriptor(nested);
        WriteStream stream = bigquery.stream(nested, WriteStream.Type.BUFFERED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), rows)) {
            get(writer.append(rows(rows, List.of("x", "y"), List.of()), 0));
        }
        flush(stream, 1);
        assertThat(bigquery.query(nested, "SELECT CAST(list AS VARCHAR) FROM $t ORDER BY rowid"))
                .containsExactly("[x, y]", "[]");
    }

    private static StorageError error(StorageError.StorageErrorCode code, WriteStream stream, String message) {
        return StorageError.newBuilder()
                .setCode(code)
                .setEntity(stream.getName())
                .setErrorMessage(message)
                .build();
    }
}
