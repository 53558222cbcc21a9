package io.catalogconnect.localbigquery.write;

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
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.common.collect.Sets;
import com.google.rpc.Code;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.FaultRule;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The six gRPC methods. Each delegates the call and sends the answer. */
final class WriteService extends BigQueryWriteGrpc.BigQueryWriteImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(WriteService.class);

    private static final Set<Effect> POSSIBLE = Sets.immutableEnumSet(
            Effect.DROP_ANSWER, Effect.DROP_REQUEST, Effect.ERROR, Effect.DELAY, Effect.HANG, Effect.LOSE_STREAM);

    private final WriteEngine engine;

    WriteService(WriteEngine engine) {
        this.engine = engine;
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws SQLException;
    }

    /** Answers a call about a table if the caller may change its rows. */
    private <T> void answer(String method, String resource, StreamObserver<T> response, Call<T> permitted) {
        Call<T> call = () -> {
            engine.requirePermission(StreamName.tableOf(resource));
            return permitted.run();
        };
        Optional<FaultRule> fault = engine.faults().next(method, resource, POSSIBLE);
        if (fault.isEmpty()) {
            answer(response, call);
            return;
        }
        FaultRule rule = fault.get();
        switch (rule.effect()) {
            case DROP_ANSWER -> answer(new BrokenAnswer<>(response), call);
            case DROP_REQUEST -> response.onError(FaultStatus.broken().toGrpc());
            case ERROR -> response.onError(FaultStatus.of(rule.code()).toGrpc());
            case DELAY -> engine.later(rule.duration(), () -> answer(response, call));
            case LOSE_STREAM ->
                answer(response, () -> {
                    engine.lose(StreamName.parse(resource));
                    return call.run();
                });
            default -> LOG.info("Fault HANG: {} on {} is never answered", method, resource);
        }
    }

    /** Carries out a call and breaks the connection instead of answering. */
    private record BrokenAnswer<T>(StreamObserver<T> response) implements StreamObserver<T> {
        @Override
        public void onNext(T answer) {
            LOG.info("Fault DROP_ANSWER: an answer is dropped");
        }

        @Override
        public void onError(Throwable error) {
            response.onError(FaultStatus.broken().toGrpc());
        }

        @Override
        public void onCompleted() {
            response.onError(FaultStatus.broken().toGrpc());
        }
    }

    private static <T> void answer(StreamObserver<T> response, Call<T> call) {
        try {
            response.onNext(call.run());
            response.onCompleted();
        } catch (WriteException e) {
            response.onError(e.toGrpc());
        } catch (SQLException e) {
            LOG.error("A call failed in the database", e);
            response.onError(WriteException.plain(Code.INTERNAL, "The call failed in the database: " + e.getMessage())
                    .toGrpc());
        }
    }

    @Override
    public void createWriteStream(CreateWriteStreamRequest request, StreamObserver<WriteStream> response) {
        answer(
                "CreateWriteStream",
                request.getParent(),
                response,
                () -> engine.streams()
                        .create(
                                StreamName.parseTable(request.getParent()),
                                request.getWriteStream().getType()));
    }

    @Override
    public StreamObserver<AppendRowsRequest> appendRows(StreamObserver<AppendRowsResponse> response) {
        AppendConnection connection =
                new AppendConnection(engine, (ServerCallStreamObserver<AppendRowsResponse>) response);
        connection.start();
        return connection;
    }

    @Override
    public void getWriteStream(GetWriteStreamRequest request, StreamObserver<WriteStream> response) {
        answer(
                "GetWriteStream",
                request.getName(),
                response,
                () -> engine.streams()
                        .get(StreamName.parse(request.getName()), request.getView() == WriteStreamView.FULL));
    }

    @Override
    public void finalizeWriteStream(
            FinalizeWriteStreamRequest request, StreamObserver<FinalizeWriteStreamResponse> response) {
        answer(
                "FinalizeWriteStream",
                request.getName(),
                response,
                () -> FinalizeWriteStreamResponse.newBuilder()
                        .setRowCount(engine.streams().finish(StreamName.parse(request.getName())))
                        .build());
    }

    @Override
    public void batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest request, StreamObserver<BatchCommitWriteStreamsResponse> response) {
        answer(
                "BatchCommitWriteStreams",
                request.getParent(),
                response,
                () -> engine.streams()
                        .commit(
                                StreamName.parseTable(request.getParent()),
                                request.getWriteStreamsList().stream()
                                        .map(StreamName::parse)
                                        .toList()));
    }

    @Override
    public void flushRows(FlushRowsRequest request, StreamObserver<FlushRowsResponse> response) {
        answer(
                "FlushRows",
                request.getWriteStream(),
                response,
                () -> FlushRowsResponse.newBuilder()
                        .setOffset(engine.streams()
                                .flush(
                                        StreamName.parse(request.getWriteStream()),
                                        request.getOffset().getValue()))
                        .build());
    }
}
