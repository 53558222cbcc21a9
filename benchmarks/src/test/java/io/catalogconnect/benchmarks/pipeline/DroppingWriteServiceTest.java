package io.catalogconnect.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sink is held to its offsets, though its rows are dropped. */
final class DroppingWriteServiceTest {
    private final ManagedChannel nobody =
            ManagedChannelBuilder.forTarget("127.0.0.1:1").usePlaintext().build();
    private final Arrivals arrivals = new Arrivals();
    private final List<AppendRowsResponse> answers = new ArrayList<>();
    private final DroppingWriteService service = new DroppingWriteService(nobody, arrivals);

    @AfterEach
    void stop() {
        nobody.shutdownNow();
    }

    @Test
    void appendsAtTheEndAreAcknowledgedOnAnotherConnectionToo() throws InterruptedException {
        StreamObserver<AppendRowsRequest> first = service.appendRows(collecting());
        first.onNext(request("s", 0, 2));
        first.onNext(request("", 2, 3));
        service.appendRows(collecting()).onNext(request("s", 5, 1));
        assertThat(answers)
                .extracting(answer -> answer.getAppendResult().getOffset().getValue())
                .containsExactly(0L, 2L, 5L);
        assertThat(arrivals.await(6)).isLessThanOrEqualTo(System.nanoTime());
    }

    @Test
    void appendBelowTheEndIsRefusedAndEndsTheBenchmark() throws InvalidProtocolBufferException {
        StreamObserver<AppendRowsRequest> connection = service.appendRows(collecting());
        connection.onNext(request("s", 0, 2));
        connection.onNext(request("s", 1, 2));
        AppendRowsResponse answer = answers.get(1);
        assertThat(answer.getError().getCode()).isEqualTo(6);
        assertThat(answer.getError().getMessage())
                .isEqualTo("The offset is within stream, expected offset 2, received 1");
        assertThat(answer.getError().getDetails(0).unpack(StorageError.class).getCode())
                .isEqualTo(StorageError.StorageErrorCode.OFFSET_ALREADY_EXISTS);
        assertThatThrownBy(() -> arrivals.await(4))
                .hasMessage("An append came for offset 1 of a stream that ends at 2");
    }

    @Test
    void appendAboveTheEndIsRefused() {
        service.appendRows(collecting()).onNext(request("s", 7, 2));
        assertThat(answers.get(0).getError().getCode()).isEqualTo(11);
        assertThat(answers.get(0).getError().getMessage())
                .isEqualTo("The offset is beyond stream, expected offset 0, received 7");
    }

    @Test
    void moreRowsThanWereSentAreNotAnArrival() {
        arrivals.add(3);
        assertThatThrownBy(() -> arrivals.await(2)).hasMessage("3 records came instead of 2");
    }

    @Test
    void rowThatArrivesAfterTheLastAwaitedOneFailsTheNextRound() throws InterruptedException {
        arrivals.add(2);
        arrivals.await(2);
        arrivals.add(1);
        assertThatThrownBy(arrivals::reset).hasMessage("3 records came instead of 2");
    }

    @Test
    void appendWithAWrongOffsetAfterTheLastAwaitedRowFailsTheNextRound() throws InterruptedException {
        arrivals.add(2);
        arrivals.await(2);
        service.appendRows(collecting()).onNext(request("s", 7, 2));
        assertThatThrownBy(arrivals::reset).hasMessage("An append came for offset 7 of a stream that ends at 0");
    }

    @Test
    void countStartsAgainAfterAReset() throws InterruptedException {
        arrivals.add(2);
        arrivals.await(2);
        arrivals.reset();
        arrivals.add(3);
        assertThat(arrivals.await(3)).isLessThanOrEqualTo(System.nanoTime());
    }

    private StreamObserver<AppendRowsResponse> collecting() {
        return new StreamObserver<>() {
            @Override
            public void onNext(AppendRowsResponse answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onCompleted() {}
        };
    }

    private static AppendRowsRequest request(String stream, long offset, int rows) {
        ProtoRows.Builder data = ProtoRows.newBuilder();
        for (int i = 0; i < rows; i++) {
            data.addSerializedRows(ByteString.copyFromUtf8("row"));
        }
        return AppendRowsRequest.newBuilder()
                .setWriteStream(stream)
                .setOffset(Int64Value.of(offset))
                .setProtoRows(AppendRowsRequest.ProtoData.newBuilder().setRows(data))
                .build();
    }
}
