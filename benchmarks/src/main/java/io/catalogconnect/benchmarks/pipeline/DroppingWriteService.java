package io.catalogconnect.benchmarks.pipeline;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsResponse;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Any;
import com.google.protobuf.Int64Value;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Storage Write API in front of another one: streams are made and ended there, but rows go no further than here. An append
 * is acknowledged when it is at its stream's end, and refused with the service's own error when it is not. Rows of the
 * connector's own tables are not dropped and not counted.
 */
final class DroppingWriteService extends BigQueryWriteGrpc.BigQueryWriteImplBase {
    private static final String OWN_TABLES = "/tables/_catalog_connect_";

    private final BigQueryWriteGrpc.BigQueryWriteBlockingStub behind;
    private final BigQueryWriteGrpc.BigQueryWriteStub behindForAppends;
    private final Arrivals arrivals;
    private final Map<String, Long> ends = new ConcurrentHashMap<>();

    /** Tells {@code arrivals} the rows as they are acknowledged. */
    DroppingWriteService(Channel behind, Arrivals arrivals) {
        this.behind = BigQueryWriteGrpc.newBlockingStub(behind);
        this.behindForAppends = BigQueryWriteGrpc.newStub(behind);
        this.arrivals = arrivals;
    }

    @Override
    public StreamObserver<AppendRowsRequest> appendRows(StreamObserver<AppendRowsResponse> answers) {
        return new StreamObserver<>() {
            private String stream = "";
            private @Nullable StreamObserver<AppendRowsRequest> forwarded;

            @Override
            public void onNext(AppendRowsRequest request) {
                if (!request.getWriteStream().isEmpty()) {
                    stream = request.getWriteStream();
                }
                if (stream.contains(OWN_TABLES)) {
                    if (forwarded == null) {
                        forwarded = behindForAppends.appendRows(answers);
                    }
                    forwarded.onNext(request);
                } else {
                    answers.onNext(append(stream, request));
                }
            }

            @Override
            public void onError(Throwable failure) {
                // The sink lets go of its connection when it stops.
                if (forwarded != null) {
                    forwarded.onError(failure);
                }
            }

            @Override
            public void onCompleted() {
                if (forwarded != null) {
                    forwarded.onCompleted();
                } else {
                    answers.onCompleted();
                }
            }
        };
    }

    private AppendRowsResponse append(String stream, AppendRowsRequest request) {
        long rows = request.getProtoRows().getRows().getSerializedRowsCount();
        long end = ends.getOrDefault(stream, 0L);
        long offset = request.hasOffset() ? request.getOffset().getValue() : end;
        if (offset != end) {
            arrivals.fail("An append came for offset " + offset + " of a stream that ends at " + end);
            return AppendRowsResponse.newBuilder()
                    .setWriteStream(stream)
                    .setError(wrongOffset(stream, offset, end))
                    .build();
        }
        ends.put(stream, end + rows);
        arrivals.add(rows);
        return AppendRowsResponse.newBuilder()
                .setWriteStream(stream)
                .setAppendResult(AppendRowsResponse.AppendResult.newBuilder().setOffset(Int64Value.of(offset)))
                .build();
    }

    private static Status wrongOffset(String stream, long offset, long end) {
        boolean within = offset < end;
        String message = "The offset is " + (within ? "within" : "beyond") + " stream, expected offset " + end
                + ", received " + offset;
        StorageError detail = StorageError.newBuilder()
                .setCode(
                        within
                                ? StorageError.StorageErrorCode.OFFSET_ALREADY_EXISTS
                                : StorageError.StorageErrorCode.OFFSET_OUT_OF_RANGE)
                .setEntity(stream)
                .setErrorMessage(message)
                .build();
        return Status.newBuilder()
                .setCode((within ? Code.ALREADY_EXISTS : Code.OUT_OF_RANGE).getNumber())
                .setMessage(message)
                .addDetails(Any.pack(detail))
                .build();
    }

    @Override
    public void createWriteStream(CreateWriteStreamRequest request, StreamObserver<WriteStream> answer) {
        forward(request, behind::createWriteStream, answer);
    }

    @Override
    public void getWriteStream(GetWriteStreamRequest request, StreamObserver<WriteStream> answer) {
        forward(request, behind::getWriteStream, answer);
    }

    @Override
    public void finalizeWriteStream(
            FinalizeWriteStreamRequest request, StreamObserver<FinalizeWriteStreamResponse> answer) {
        forward(
                request,
                asked -> behind.finalizeWriteStream(asked).toBuilder()
                        .setRowCount(ends.getOrDefault(asked.getName(), 0L))
                        .build(),
                answer);
    }

    @Override
    public void batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest request, StreamObserver<BatchCommitWriteStreamsResponse> answer) {
        forward(request, behind::batchCommitWriteStreams, answer);
    }

    @Override
    public void flushRows(FlushRowsRequest request, StreamObserver<FlushRowsResponse> answer) {
        forward(request, behind::flushRows, answer);
    }

    private static <Q, A> void forward(Q request, Function<Q, A> behind, StreamObserver<A> answer) {
        try {
            answer.onNext(behind.apply(request));
            answer.onCompleted();
        } catch (RuntimeException e) {
            answer.onError(e);
        }
    }
}
