package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.Appends.rows;
import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.core.ApiFuture;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.InternalException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.ProtoSchemaConverter;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.ErrorCode;
import io.catalogconnect.localbigquery.fault.FaultRule;
import io.catalogconnect.localbigquery.store.TableRef;
import io.grpc.StatusRuntimeException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The effect of each fault on Google's client and on the table. */
class FaultsIT {
    @RegisterExtension
    final WriteFixture bigquery = new WriteFixture();

    @SuppressWarnings("NullAway.Init")
    private TableRef table;

    @SuppressWarnings("NullAway.Init")
    private Descriptor descriptor;

    @SuppressWarnings("NullAway.Init")
    private WriteStream stream;

    @BeforeEach
    void createTable() throws Exception {
        table = bigquery.table("t", field("name", "STRING"));
        descriptor = bigquery.descriptor(table);
        stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
    }

    private StreamWriter writer() throws Exception {
        return bigquery.writer(stream.getName(), descriptor);
    }

    private List<String> visible() throws SQLException {
        return bigquery.query(table, "SELECT name FROM $t ORDER BY rowid");
    }

    @Test
    void droppedAnswerLeavesTheRowsAndTheClientFindsThem() throws Exception {
        bigquery.faults.add(
                FaultRule.of(Effect.DROP_ANSWER).onMethod("AppendRows").onResource("tables/t/"));
        try (StreamWriter writer = writer()) {
            // The client connects again and sends again: its own rows are there.
            assertThatThrownBy(() -> get(writer.append(rows(descriptor, "a", "b"), 0)))
                    .cause()
                    .isInstanceOfSatisfying(
                            Exceptions.OffsetAlreadyExists.class,
                            e -> assertThat(e.getExpectedOffset()).isEqualTo(2));
            get(writer.append(rows(descriptor, "c"), 2));
        }
        assertThat(visible()).containsExactly("a", "b", "c");
        assertThat(bigquery.faults.rules()).isEmpty();
    }

    @Test
    void droppedRequestIsWrittenWhenTheClientRetries() throws Exception {
        bigquery.faults.add(FaultRule.of(Effect.DROP_REQUEST).onMethod("AppendRows"));
        try (StreamWriter writer = writer()) {
            get(writer.append(rows(descriptor, "a"), 0));
        }
        assertThat(visible()).containsExactly("a");
    }

    @Test
    void errorIsReturnedTheGivenNumberOfTimesAndNothingIsWritten() throws Exception {
        bigquery.faults.add(
                FaultRule.error(ErrorCode.INTERNAL).onMethod("AppendRows").times(2));
        try (StreamWriter writer = writer()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> get(writer.append(rows(descriptor, "a"), 0)))
                        .cause()
                        .isInstanceOf(StatusRuntimeException.class)
                        .hasMessage("INTERNAL: Fault on demand: INTERNAL");
            }
            get(writer.append(rows(descriptor, "a"), 0));
        }
        assertThat(visible()).containsExactly("a");
    }

    @Test
    void clientWithRetrySettingsRecoversFromInternalAndQuotaErrors() throws Exception {
        bigquery.faults.add(
                FaultRule.error(ErrorCode.INTERNAL).onMethod("AppendRows").times(2));
        bigquery.faults.add(FaultRule.error(ErrorCode.ABORTED).onMethod("AppendRows"));
        RetrySettings retries = RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(10))
                .setRetryDelayMultiplier(1)
                .setMaxRetryDelayDuration(Duration.ofMillis(10))
                .setMaxAttempts(5)
                .build();
        try (StreamWriter writer = StreamWriter.newBuilder(stream.getName(), bigquery.client)
                .setWriterSchema(ProtoSchemaConverter.convert(descriptor))
                .setRetrySettings(retries)
                .build()) {
            get(writer.append(rows(descriptor, "a"), 0));
        }
        assertThat(visible()).containsExactly("a");
        assertThat(bigquery.faults.rules()).isEmpty();
    }

    @Test
    void unavailableEndsTheConnectionAndTheClientReconnects() throws Exception {
        bigquery.faults.add(
                FaultRule.error(ErrorCode.UNAVAILABLE).onMethod("AppendRows").after(1));
        try (StreamWriter writer = writer()) {
            get(writer.append(rows(descriptor, "a"), 0));
            get(writer.append(rows(descriptor, "b"), 1));
        }
        assertThat(visible()).containsExactly("a", "b");
    }

    @Test
    void delayedAppendIsAnsweredAfterItsDelayAndInOrder() throws Exception {
        bigquery.faults.add(
                FaultRule.lasting(Effect.DELAY, Duration.ofMillis(400)).onMethod("AppendRows"));
        long begun = System.nanoTime();
        try (StreamWriter writer = writer()) {
            ApiFuture<AppendRowsResponse> delayed = writer.append(rows(descriptor, "a"), 0);
            ApiFuture<AppendRowsResponse> behind = writer.append(rows(descriptor, "b"), 1);
            get(delayed);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
            get(behind);
        }
        assertThat(visible()).containsExactly("a", "b");
    }

    @Test
    void hungAppendIsNeverAnsweredAndNeverWritten() throws Exception {
        bigquery.faults.add(FaultRule.of(Effect.HANG).onMethod("AppendRows"));
        StreamWriter writer = writer();
        ApiFuture<AppendRowsResponse> hung = writer.append(rows(descriptor, "a"), 0);
        assertThatThrownBy(() -> hung.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(visible()).isEmpty();

        // Another connection takes over the stream, and the hung connection ends.
        try (StreamWriter other = writer()) {
            get(other.append(rows(descriptor, "b"), 0));
        }
        assertThat(visible()).containsExactly("b");
        Thread closer = new Thread(writer::close);
        closer.setDaemon(true);
        closer.start();
    }

    @Test
    void lostStreamIsRemovedAndItsRowsStay() throws Exception {
        try (StreamWriter writer = writer()) {
            get(writer.append(rows(descriptor, "a"), 0));
            bigquery.faults.add(FaultRule.of(Effect.LOSE_STREAM).onResource(stream.getName()));
            assertThatThrownBy(() -> get(writer.append(rows(descriptor, "b"), 1)))
                    .cause()
                    .hasMessage("NOT_FOUND: Requested entity was not found. Entity: " + stream.getName());
        }
        assertThatThrownBy(() -> bigquery.client.finalizeWriteStream(stream.getName()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("io.grpc.StatusRuntimeException: NOT_FOUND: Requested entity was not found. Entity: "
                        + stream.getName());
        assertThat(visible()).containsExactly("a");
    }

    @Test
    void lateRowsAreAcknowledgedAtOnceAndVisibleLater() throws Exception {
        bigquery.faults.add(
                FaultRule.lasting(Effect.LATE_VISIBILITY, Duration.ofMinutes(2)).times(2));
        try (StreamWriter writer = writer()) {
            get(writer.append(rows(descriptor, "a", "b"), 0));
            get(writer.append(rows(descriptor, "c"), 2));
            get(writer.append(rows(descriptor, "d"), 3));
        }
        assertThat(visible()).containsExactly("d");
        assertThat(bigquery.client.finalizeWriteStream(stream.getName()).getRowCount())
                .isEqualTo(4);
        bigquery.clock.advance(Duration.ofMinutes(1));
        bigquery.restart();
        assertThat(visible()).containsExactly("d");
        bigquery.clock.advance(Duration.ofMinutes(1));
        await().untilAsserted(() -> assertThat(bigquery.query(table, "SELECT name FROM $t ORDER BY name"))
                .containsExactly("a", "b", "c", "d"));
    }

    @Test
    void newColumnIsUnknownToAppendsUntilTheDelayIsOver() throws Exception {
        bigquery.faults.add(
                FaultRule.lasting(Effect.SLOW_SCHEMA, Duration.ofSeconds(35)).onResource("tables/t"));
        bigquery.addColumn(table, field("more", "STRING"));
        Descriptor wider = bigquery.descriptor(table);
        try (StreamWriter writer = bigquery.writer(stream.getName(), wider)) {
            assertThatThrownBy(() -> get(writer.append(rows(wider, "a"), 0)))
                    .cause()
                    .isInstanceOf(Exceptions.SchemaMismatchedException.class)
                    .hasMessage(
                            "INVALID_ARGUMENT: Input schema has more fields than BigQuery schema, extra fields: 'more' Entity: "
                                    + stream.getName());
            bigquery.clock.advance(Duration.ofSeconds(36));
            get(writer.append(rows(wider, "a"), 0));
        }
        assertThat(visible()).containsExactly("a");
    }

    @Test
    void unaryCallsFailWithTheSameFaults() throws Exception {
        try (StreamWriter writer = writer()) {
            get(writer.append(rows(descriptor, "a"), 0));
        }
        bigquery.faults.add(FaultRule.error(ErrorCode.INTERNAL).onMethod("FinalizeWriteStream"));
        assertThatThrownBy(() -> bigquery.client.finalizeWriteStream(stream.getName()))
                .isInstanceOf(InternalException.class)
                .hasMessage("io.grpc.StatusRuntimeException: INTERNAL: Fault on demand: INTERNAL");

        // Applied, answer lost: the client asks again by itself and is told the count.
        bigquery.faults.add(FaultRule.of(Effect.DROP_ANSWER).onMethod("FinalizeWriteStream"));
        bigquery.faults.add(FaultRule.of(Effect.DROP_REQUEST).onMethod("FinalizeWriteStream"));
        bigquery.faults.add(
                FaultRule.lasting(Effect.DELAY, Duration.ofMillis(50)).onMethod("FinalizeWriteStream"));
        assertThat(bigquery.client.finalizeWriteStream(stream.getName()).getRowCount())
                .isEqualTo(1);
        assertThat(bigquery.faults.rules()).isEmpty();

        bigquery.faults.add(FaultRule.of(Effect.HANG).onMethod("FinalizeWriteStream"));
        ApiFuture<FinalizeWriteStreamResponse> hung = bigquery.client
                .finalizeWriteStreamCallable()
                .futureCall(FinalizeWriteStreamRequest.newBuilder()
                        .setName(stream.getName())
                        .build());
        assertThatThrownBy(() -> hung.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        hung.cancel(true);

        bigquery.faults.add(FaultRule.of(Effect.LOSE_STREAM).onMethod("GetWriteStream"));
        assertThatThrownBy(() -> bigquery.client.getWriteStream(stream.getName()))
                .isInstanceOf(NotFoundException.class);
    }
}
