package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection to AppendRows without Google's StreamWriter, which connects again by itself. */
final class RawAppends implements AutoCloseable, StreamObserver<AppendRowsResponse> {
    private final ManagedChannel channel;
    private final StreamObserver<AppendRowsRequest> requests;
    private final BlockingQueue<AppendRowsResponse> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();

    RawAppends(int port) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        requests = BigQueryWriteGrpc.newStub(channel).appendRows(this);
    }

    void send(AppendRowsRequest request) {
        requests.onNext(request);
    }

    AppendRowsResponse next() throws Exception {
        AppendRowsResponse response = responses.poll(30, TimeUnit.SECONDS);
        if (response == null) {
            throw new IllegalStateException("No answer in 30 s");
        }
        return response;
    }

    Throwable error() throws Exception {
        return end.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(AppendRowsResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable error) {
        end.complete(error);
    }

    @Override
    public void onCompleted() {
        end.complete(new IllegalStateException("The server ended the call without an error"));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
