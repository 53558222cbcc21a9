package io.catalogconnect.bigquery.client;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.ClientStream;
import com.google.api.gax.rpc.ResponseObserver;
import com.google.api.gax.rpc.StreamController;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import io.catalogconnect.bigquery.commit.AppendAnswer;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.commit.StreamConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One AppendRows call. Google's StreamWriter is not used, because it blocks when many requests are in flight and when it is
 * closed, and reconnects by itself, while this sink must know which answer belongs to which connection. Answers arrive in
 * the order of the requests. Appends come from one thread, answers from gRPC's threads.
 */
final class GrpcStreamConnection implements StreamConnection {

    private record Pending(OptionalLong offset, CompletableFuture<AppendAnswer> answer) {}

    private static final String ROUTING_HEADER = "x-goog-request-params";

    private final String stream;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final ClientStream<AppendRowsRequest> requests;
    private final Runnable ended;
    private @Nullable RowFormat announced;
    private boolean first = true;
    /** Guarded by {@link #pending}. */
    private boolean hasEnded;

    private volatile boolean open = true;
    private volatile @Nullable StreamController controller;

    /** @param ended called once when the connection has ended */
    GrpcStreamConnection(BigQueryWriteClient client, String stream, Runnable ended) {
        this.stream = stream;
        this.ended = ended;
        String route = "write_stream=" + URLEncoder.encode(stream, StandardCharsets.UTF_8);
        GrpcCallContext context =
                GrpcCallContext.createDefault().withExtraHeaders(Map.of(ROUTING_HEADER, List.of(route)));
        this.requests = client.appendRowsCallable().splitCall(new Answers(), context);
    }

    @Override
    public CompletableFuture<AppendAnswer> append(OptionalLong streamOffset, RowFormat format, List<ByteString> rows) {
        AppendRowsRequest.ProtoData.Builder data = AppendRowsRequest.ProtoData.newBuilder()
                .setRows(ProtoRows.newBuilder().addAllSerializedRows(rows));
        if (announced != format) {
            data.setWriterSchema(ProtoSchema.newBuilder().setProtoDescriptor(format.descriptor()));
            announced = format;
        }
        AppendRowsRequest.Builder request = AppendRowsRequest.newBuilder().setProtoRows(data);
        if (first) {
            request.setWriteStream(stream);
            first = false;
        }
        streamOffset.ifPresent(offset -> request.setOffset(Int64Value.of(offset)));
        Pending added = new Pending(streamOffset, new CompletableFuture<>());
        synchronized (pending) {
            if (!open) {
                return CompletableFuture.completedFuture(new AppendAnswer.Unavailable("the connection has ended"));
            }
            pending.addLast(added);
        }
        try {
            requests.send(request.build());
        } catch (RuntimeException e) {
            end(new AppendAnswer.Unavailable("the connection has ended: " + e.getMessage()));
        }
        return added.answer();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        end(new AppendAnswer.Unavailable("the connection was closed"));
        StreamController started = controller;
        if (started != null) {
            started.cancel();
        }
    }

    private void end(AppendAnswer answer) {
        List<Pending> lost;
        boolean wasEnded;
        synchronized (pending) {
            open = false;
            lost = new ArrayList<>(pending);
            pending.clear();
            wasEnded = hasEnded;
            hasEnded = true;
        }
        if (!wasEnded) {
            ended.run();
        }
        lost.forEach(request -> request.answer().complete(answer));
    }

    private final class Answers implements ResponseObserver<AppendRowsResponse> {

        @Override
        public void onStart(StreamController started) {
            controller = started;
            if (!open) {
                started.cancel();
            }
        }

        @Override
        public void onResponse(AppendRowsResponse response) {
            Pending request;
            synchronized (pending) {
                request = pending.pollFirst();
            }
            if (request == null) {
                close();
                return;
            }
            if (response.hasAppendResult()
                    && response.getAppendResult().hasOffset()
                    && request.offset().isPresent()
                    && response.getAppendResult().getOffset().getValue()
                            != request.offset().getAsLong()) {
                // An answer is missing: later answers cannot be matched with their requests.
                request.answer()
                        .complete(new AppendAnswer.Unavailable("the answer for offset "
                                + response.getAppendResult().getOffset().getValue()
                                + " arrived instead of the one for offset "
                                + request.offset().getAsLong()));
                close();
                return;
            }
            request.answer().complete(answer(response));
        }

        @Override
        public void onError(Throwable failure) {
            failed(ErrorTranslator.answer(failure));
        }

        @Override
        public void onComplete() {
            end(new AppendAnswer.Unavailable("the service ended the connection"));
        }

        /** The error refers to the first request; whether later ones were processed is unknown. */
        private void failed(AppendAnswer answer) {
            Pending request;
            synchronized (pending) {
                open = false;
                request = pending.pollFirst();
            }
            if (request != null) {
                request.answer().complete(answer);
            }
            end(new AppendAnswer.Unavailable("the connection ended with: " + answer.message()));
        }

        private AppendAnswer answer(AppendRowsResponse response) {
            if (response.getRowErrorsCount() > 0) {
                Map<Integer, String> reasons = new HashMap<>();
                for (RowError error : response.getRowErrorsList()) {
                    reasons.put(Math.toIntExact(error.getIndex()), error.getMessage());
                }
                return new AppendAnswer.RowsRefused(reasons);
            }
            return response.hasError() ? ErrorTranslator.answer(response.getError()) : new AppendAnswer.Appended();
        }
    }
}
