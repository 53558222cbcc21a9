package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static io.catalogconnect.localbigquery.write.WriteFixture.get;
import static io.catalogconnect.localbigquery.write.WriteFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import io.catalogconnect.localbigquery.store.TableRef;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedStreamIT {
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

    @Test
    void anAppendAtTheEndIsVisibleWhenItIsAcknowledged() throws Exception {
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            assertThat(get(writer.append(rows(descriptor, "a", "b"), 0))
                            .getAppendResult()
                            .getOffset()
                            .getValue())
                    .isZero();
            assertThat(get(writer.append(rows(descriptor, "c"), 2))
                            .getAppendResult()
                            .getOffset()
                            .getValue())
                    .isEqualTo(2);
            assertThat(get(writer.append(rows(descriptor, "d")))
                            .getAppendResult()
                            .getOffset()
                            .getValue())
                    .isEqualTo(3);
        }
        assertThat(bigquery.query(table, "SELECT name FROM $t ORDER BY rowid")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void anAppendBelowTheEndIsRefusedWholeAndTheConnectionGoesOn() throws Exception {
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            get(writer.append(rows(descriptor, "a"), 0));
            assertThatThrownBy(() -> get(writer.append(rows(descriptor, "a", "b"), 0)))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(Exceptions.OffsetAlreadyExists.class, e -> {
                        assertThat(e.getExpectedOffset()).isEqualTo(1);
                        assertThat(e.getActualOffset()).isZero();
                        assertThat(e.getStreamName()).isEqualTo(stream.getName());
                    })
                    .hasMessage("ALREADY_EXISTS: The offset is within stream, expected offset 1, received 0 Entity: "
                            + stream.getName());
            get(writer.append(rows(descriptor, "b"), 1));
        }
        assertThat(bigquery.query(table, "SELECT name FROM $t ORDER BY rowid")).containsExactly("a", "b");
    }

    @Test
    void anAppendAboveTheEndIsRefused() throws Exception {
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            assertThatThrownBy(() -> get(writer.append(rows(descriptor, "a"), 10)))
                    .cause()
                    .isInstanceOf(Exceptions.OffsetOutOfRange.class)
                    .hasMessage("OUT_OF_RANGE: The offset is beyond stream, expected offset 0, received 10 Entity: "
                            + stream.getName());
        }
        assertThat(bigquery.query(table, "SELECT name FROM $t")).isEmpty();
    }

    @Test
    void aFinalizedStreamTellsItsRowCountAndTakesNoMore() throws Exception {
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            get(writer.append(rows(descriptor, "a", "b", "c"), 0));
            FinalizeWriteStreamResponse finalized = bigquery.client.finalizeWriteStream(stream.getName());
            assertThat(finalized.getRowCount()).isEqualTo(3);
            assertThat(bigquery.client.finalizeWriteStream(stream.getName()).getRowCount())
                    .isEqualTo(3);
            assertThatThrownBy(() -> get(writer.append(rows(descriptor, "d"), 3)))
                    .cause()
                    .isInstanceOf(Exceptions.StreamFinalizedException.class)
                    .hasMessage("INVALID_ARGUMENT: Stream has been finalized and cannot be appended. Entity: "
                            + stream.getName());
        }
    }

    @Test
    void theDefaultStreamTakesRowsWithoutOffsets() throws Exception {
        String name = table.path() + "/streams/_default";
        try (StreamWriter writer = bigquery.writer(name, descriptor)) {
            assertThat(get(writer.append(rows(descriptor, "a", "b")))
                            .getAppendResult()
                            .hasOffset())
                    .isFalse();
        }
        assertThat(bigquery.query(table, "SELECT name FROM $t ORDER BY rowid")).containsExactly("a", "b");
    }

    @Test
    void streamsAndTheirOffsetsAreThereAfterARestart() throws Exception {
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), descriptor)) {
            get(writer.append(rows(descriptor, "a", "b"), 0));
        }
        bigquery.close();
        bigquery = new WriteFixture(folder, Clock.systemUTC());
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
}
