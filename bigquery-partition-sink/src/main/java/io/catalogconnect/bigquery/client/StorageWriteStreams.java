package io.catalogconnect.bigquery.client;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.common.util.concurrent.MoreExecutors;
import io.catalogconnect.bigquery.commit.FinalizedStream;
import io.catalogconnect.bigquery.commit.StreamConnection;
import io.catalogconnect.bigquery.commit.WriteStreams;
import java.util.concurrent.CompletableFuture;

/** Streams of type COMMITTED through Google's client of the Storage Write API. Thread-safe. */
public final class StorageWriteStreams implements WriteStreams {

    private final Service service;
    private final WriteClients clients;

    StorageWriteStreams(Service service, WriteClients clients) {
        this.service = service;
        this.clients = clients;
    }

    @Override
    public CompletableFuture<String> create(String table) {
        CreateWriteStreamRequest request = CreateWriteStreamRequest.newBuilder()
                .setParent(service.resourceName(table))
                .setWriteStream(WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED))
                .build();
        return completable(clients.forCalls().createWriteStreamCallable().futureCall(request))
                .handle((created, failure) -> {
                    if (failure != null) {
                        throw ErrorTranslator.exception(
                                "creating a stream of table " + service.datasetName() + "." + table, failure);
                    }
                    return created.getName();
                });
    }

    @Override
    public CompletableFuture<FinalizedStream> finalizeStream(String stream) {
        FinalizeWriteStreamRequest request =
                FinalizeWriteStreamRequest.newBuilder().setName(stream).build();
        return completable(clients.forCalls().finalizeWriteStreamCallable().futureCall(request))
                .handle((closed, failure) -> {
                    if (failure == null) {
                        return FinalizedStream.holding(closed.getRowCount());
                    }
                    if (ErrorTranslator.streamIsGone(failure)) {
                        return FinalizedStream.WITHOUT_COUNT;
                    }
                    throw ErrorTranslator.exception("finalizing stream " + stream, failure);
                });
    }

    @Override
    public StreamConnection connect(String stream) {
        return clients.connect(stream);
    }

    @Override
    public String defaultStream(String table) {
        return service.resourceName(table) + "/streams/_default";
    }

    private static <T> CompletableFuture<T> completable(ApiFuture<T> future) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ApiFutures.addCallback(
                future,
                new ApiFutureCallback<T>() {
                    @Override
                    public void onFailure(Throwable failure) {
                        result.completeExceptionally(failure);
                    }

                    @Override
                    public void onSuccess(T value) {
                        result.complete(value);
                    }
                },
                MoreExecutors.directExecutor());
        return result;
    }
}
