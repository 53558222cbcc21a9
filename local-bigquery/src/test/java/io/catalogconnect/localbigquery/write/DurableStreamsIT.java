package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.Appends.rows;
import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Int64Value;
import io.catalogconnect.localbigquery.store.TableRef;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** State of streams across restarts and schema changes. Accepted and refused appends are tested in package contract. */
class DurableStreamsIT {
    @RegisterExtension
    final WriteFixture bigquery = new WriteFixture();

    @SuppressWarnings("NullAway.Init")
    private TableRef table;

    @SuppressWarnings("NullAway.Init")
    private Descriptor descriptor;

    @BeforeEach
    void createTable() throws Exception {
        table = bigquery.table("t", field("name", "STRING"));
        descriptor = bigquery.descriptor(table);
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
    void streamsAndTheirOffsetsSurviveRestart() throws Exception {
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            get(writer.append(rows(descriptor, "a", "b"), 0));
        }
        bigquery.restart();
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            assertThatThrownBy(() -> get(writer.append(rows(descriptor, "b"), 1)))
                    .cause()
                    .isInstanceOf(Exceptions.OffsetAlreadyExists.class);
            get(writer.append(rows(descriptor, "c"), 2));
        }
        assertThat(bigquery.client.finalizeWriteStream(stream.getName()).getRowCount())
                .isEqualTo(3);
        assertThat(bigquery.query(table, "SELECT name FROM $t ORDER BY rowid")).containsExactly("a", "b", "c");
    }

    @Test
    void invisibleRowsAndTheirOffsetsSurviveRestart() throws Exception {
        WriteStream buffered = streamOf(WriteStream.Type.BUFFERED, "a", "b");
        WriteStream pending = streamOf(WriteStream.Type.PENDING, "p");
        flush(buffered, 0);
        bigquery.restart();
        assertThat(visible()).containsExactly("a");
        flush(buffered, 1);
        assertThat(bigquery.client.finalizeWriteStream(pending.getName()).getRowCount())
                .isEqualTo(1);
        commit(pending);
        assertThat(visible()).containsExactly("a", "b", "p");
    }

    @Test
    void invisibleRowsFollowTheSchema() throws Exception {
        WriteStream stream = streamOf(WriteStream.Type.BUFFERED, "a");
        bigquery.addColumn(table, field("more", "INTEGER"));
        flush(stream, 0);
        assertThat(bigquery.query(table, "SELECT name || coalesce(more, -1) FROM $t"))
                .containsExactly("a-1");
    }

    @Test
    void flushedNestedRowsEqualTheAppendedRows() throws Exception {
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
}
