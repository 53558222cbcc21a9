package io.catalogconnect.localbigquery.read;

import com.google.cloud.bigquery.storage.v1.BigQueryReadGrpc;
import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.cloud.bigquery.storage.v1.SplitReadStreamRequest;
import com.google.cloud.bigquery.storage.v1.SplitReadStreamResponse;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.job.RowSnapshots;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three gRPC methods of the Storage Read API. Each checks the permission, delegates the call and sends the answer. */
public final class ReadService extends BigQueryReadGrpc.BigQueryReadImplBase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadService.class);

    private final Permissions permissions;
    private final ReadSessions sessions;

    public ReadService(Permissions permissions, RowSnapshots snapshots) {
        this.permissions = permissions;
        this.sessions = new ReadSessions(snapshots);
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws SQLException;
    }

    private static <T> void answer(StreamObserver<T> response, Call<T> call) {
        try {
            response.onNext(call.run());
            response.onCompleted();
        } catch (SQLException | RuntimeException e) {
            response.onError(status(e));
        }
    }

    private static StatusRuntimeException status(Exception failure) {
        ServiceError error = ServiceError.of(failure);
        Status.Code code = switch (error.code()) {
            case 400 -> Status.Code.INVALID_ARGUMENT;
            case 403 -> Status.Code.PERMISSION_DENIED;
            case 404 -> Status.Code.NOT_FOUND;
            case 503 -> Status.Code.UNAVAILABLE;
            default -> Status.Code.INTERNAL;
        };
        if (code == Status.Code.INTERNAL) {
            LOG.warn("A call of the Storage Read API failed", failure);
        }
        return code.toStatus().withDescription(error.getMessage()).asRuntimeException();
    }

    @Override
    public void createReadSession(CreateReadSessionRequest request, StreamObserver<ReadSession> response) {
        answer(response, () -> {
            permissions.onProject("bigquery.readsessions.create", ReadSessions.project(request.getParent()));
            return sessions.create(request);
        });
    }

    @Override
    public void splitReadStream(SplitReadStreamRequest request, StreamObserver<SplitReadStreamResponse> response) {
        answer(response, () -> {
            permissions.onProject("bigquery.readsessions.update", ReadSessions.project(request.getName()));
            return sessions.split(request.getName(), request.getFraction());
        });
    }

    @Override
    public void readRows(ReadRowsRequest request, StreamObserver<ReadRowsResponse> response) {
        ServerCallStreamObserver<ReadRowsResponse> out = (ServerCallStreamObserver<ReadRowsResponse>) response;
        try {
            permissions.onProject("bigquery.readsessions.getData", ReadSessions.project(request.getReadStream()));
            StreamRows rows = sessions.stream(request.getReadStream());
            if (request.getOffset() < 0 || request.getOffset() > rows.count()) {
                out.onError(Status.OUT_OF_RANGE
                        .withDescription("request failed: offset " + request.getOffset()
                                + " is beyond the stream, which has " + rows.count() + " rows")
                        .asRuntimeException());
                return;
            }
            out.setOnReadyHandler(new Sender(rows, request.getOffset(), out));
        } catch (RuntimeException e) {
            out.onError(status(e));
        }
    }

    /** Sends the rows of a stream as fast as the client takes them. gRPC calls it by one thread at a time. */
    private static final class Sender implements Runnable {
        private final StreamRows rows;
        private final ServerCallStreamObserver<ReadRowsResponse> out;
        private long offset;
        private boolean first = true;
        private boolean done;

        Sender(StreamRows rows, long offset, ServerCallStreamObserver<ReadRowsResponse> out) {
            this.rows = rows;
            this.offset = offset;
            this.out = out;
        }

        @Override
        public void run() {
            try {
                while (!done && out.isReady()) {
                    if (offset == rows.count()) {
                        done = true;
                        out.onCompleted();
                    } else {
                        ReadRowsResponse batch = rows.batch(offset, first);
                        first = false;
                        offset += batch.getRowCount();
                        out.onNext(batch);
                    }
                }
            } catch (RuntimeException e) {
                done = true;
                out.onError(status(e));
            }
        }
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        sessions.close();
    }
}
