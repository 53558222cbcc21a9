package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.common.collect.Sets;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Int64Value;
import com.google.rpc.Code;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.FaultRule;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code AppendRows} call. Requests are answered in the order in which they arrive. A refused request leaves the connection usable; a
 * missing stream or table ends it.
 */
final class AppendConnection implements WriteEngine.Connection, StreamObserver<AppendRowsRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(AppendConnection.class);
    private static final Set<Effect> APPEND_FAULTS = Sets.immutableEnumSet(
            Effect.DROP_ANSWER,
            Effect.DROP_REQUEST,
            Effect.ERROR,
            Effect.DELAY,
            Effect.HANG,
            Effect.LOSE_STREAM,
            Effect.LATE_VISIBILITY);
    /** Maximum size in bytes of requests that are accepted and not yet answered. The client keeps further requests. */
    private static final long MAX_WAITING_BYTES = 16 << 20;

    private final WriteEngine engine;
    private final ServerCallStreamObserver<AppendRowsResponse> responses;

    /* Values that later requests of this connection omit because an earlier request set them. Used only by the thread that delivers requests. */
    private volatile @Nullable StreamName stream;
    private @Nullable DescriptorProto descriptor;
    /** The stream of {@link #descriptor}. */
    private @Nullable StreamName described;

    private AppendRowsRequest.MissingValueInterpretation defaultInterpretation =
            AppendRowsRequest.MissingValueInterpretation.NULL_VALUE;

    private volatile Instant lastUsed;

    // Guarded by this.
    private long waitingBytes;
    private int waitingRequests;
    private boolean starved;
    private boolean halfClosed;
    private boolean ended;
    private @Nullable List<Column> knownColumns;

    AppendConnection(WriteEngine engine, ServerCallStreamObserver<AppendRowsResponse> responses) {
        this.engine = engine;
        this.responses = responses;
        this.lastUsed = engine.now();
        responses.disableAutoRequest();
        responses.setOnCancelHandler(this::cancelled);
    }

    void start() {
        engine.opened(this);
        responses.request(1);
    }

    @Override
    public void onNext(AppendRowsRequest request) {
        lastUsed = engine.now();
        int size = request.getSerializedSize();
        synchronized (this) {
            waitingBytes += size;
            waitingRequests++;
            starved = waitingBytes >= MAX_WAITING_BYTES;
        }
        try {
            take(request, size);
        } catch (WriteException e) {
            end(e);
        } catch (RuntimeException e) {
            LOG.error("A request to {} broke the server", describe(), e);
            end(WriteException.plain(Code.INTERNAL, "The server failed on a request to " + describe() + ": " + e));
        }
    }

    private void take(AppendRowsRequest request, int size) {
        StreamName name = streamOf(request);
        engine.requirePermission(name.table());
        Optional<FaultRule> fault = engine.faults().next("AppendRows", name.toString(), APPEND_FAULTS);
        PendingAppend append = understand(request, name, size, fault);
        switch (fault.map(FaultRule::effect).orElse(Effect.ERROR)) {
            case DROP_REQUEST -> end(FaultStatus.broken());
            case HANG -> LOG.info("By a fault, the connection to {} takes and answers nothing more", name);
            case DELAY -> engine.later(fault.orElseThrow().duration(), () -> submit(append));
            case LOSE_STREAM -> {
                engine.lose(name);
                submit(append);
            }
            default -> submit(append);
        }
    }

    private void submit(PendingAppend append) {
        engine.submit(append);
        boolean more;
        synchronized (this) {
            more = !starved && !ended;
        }
        if (more) {
            responses.request(1);
        }
    }

    private PendingAppend understand(AppendRowsRequest request, StreamName name, int size, Optional<FaultRule> fault) {
        if (request.hasArrowRows()) {
            throw WriteException.plain(
                    Code.UNIMPLEMENTED,
                    "local-bigquery takes rows in protocol buffers only: set proto_rows, not arrow_rows.");
        }
        if (!request.hasProtoRows()) {
            throw WriteException.invalid("An AppendRowsRequest must have rows. Entity: " + name);
        }
        if (request.getProtoRows().hasWriterSchema()) {
            refuseMixedChanges(request.getProtoRows().getWriterSchema().getProtoDescriptor(), name);
            descriptor = request.getProtoRows().getWriterSchema().getProtoDescriptor();
        }
        DescriptorProto message = descriptor;
        if (message == null) {
            throw WriteException.invalid(
                    "The writer schema must be given in the first request of a connection. Entity: " + name);
        }
        if (request.getDefaultMissingValueInterpretation()
                != AppendRowsRequest.MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED) {
            defaultInterpretation = request.getDefaultMissingValueInterpretation();
        }
        if (name.isDefault() && request.hasOffset()) {
            throw WriteException.invalid("Offset cannot be specified for the default stream. Entity: " + name);
        }
        return new PendingAppend(this::answer, engine, name, message, request, defaultInterpretation, size, fault);
    }

    /** A connection cannot write rows with and without a change type to one table. */
    private void refuseMixedChanges(DescriptorProto next, StreamName name) {
        DescriptorProto before = descriptor;
        boolean isSameStream = name.equals(described);
        described = name;
        if (isSameStream && before != null && ChangeColumns.areIn(before) != ChangeColumns.areIn(next)) {
            throw WriteException.invalid("The given value is not a valid CHANGE_TYPE. Entity: " + name);
        }
    }

    private StreamName streamOf(AppendRowsRequest request) {
        StreamName known = stream;
        if (!request.getWriteStream().isEmpty()) {
            StreamName named = StreamName.parse(request.getWriteStream());
            if (!named.equals(known)) {
                engine.open(named, this);
                stream = named;
            }
            return named;
        }
        if (known == null) {
            throw WriteException.invalid("The first request of a connection must name its write_stream.");
        }
        return known;
    }

    /** Answers a request. Called in the order of the requests. */
    private void answer(PendingAppend append, AppendOutcome outcome) {
        if (outcome instanceof AppendOutcome.Refused refused && endsConnection(refused.why())) {
            end(refused.why());
            return;
        }
        if (append.dropsAnswer()) {
            end(FaultStatus.broken());
            return;
        }
        AppendRowsResponse.Builder response =
                AppendRowsResponse.newBuilder().setWriteStream(append.stream().toString());
        boolean complete;
        boolean more;
        synchronized (this) {
            if (ended) {
                return;
            }
            if (outcome instanceof AppendOutcome.Written written) {
                response.setAppendResult(result(written));
                schemaNews(written.table()).ifPresent(table -> response.setUpdatedSchema(TableSchemas.of(table)));
            } else if (outcome instanceof AppendOutcome.Refused refused) {
                response.setError(refused.why().status())
                        .addAllRowErrors(refused.why().rowErrors());
            }
            responses.onNext(response.build());
            waitingBytes -= append.size();
            waitingRequests--;
            more = starved && waitingBytes < MAX_WAITING_BYTES;
            starved = starved && !more;
            complete = halfClosed && waitingRequests == 0;
            ended = complete;
            if (complete) {
                responses.onCompleted();
            }
        }
        if (complete) {
            engine.close(this);
        } else if (more) {
            responses.request(1);
        }
    }

    private static boolean endsConnection(WriteException why) {
        int code = why.status().getCode();
        return code == Code.PERMISSION_DENIED_VALUE || code == Code.NOT_FOUND_VALUE || code == Code.UNAVAILABLE_VALUE;
    }

    private static AppendRowsResponse.AppendResult result(AppendOutcome.Written written) {
        AppendRowsResponse.AppendResult.Builder result = AppendRowsResponse.AppendResult.newBuilder();
        written.offset().ifPresent(offset -> result.setOffset(Int64Value.of(offset)));
        return result.build();
    }

    /** The table, if its schema differs from the one that this connection last reported. */
    private Optional<StoredTable> schemaNews(StoredTable table) {
        List<Column> known = knownColumns;
        List<Column> now = engine.seenColumns(table);
        knownColumns = now;
        return known == null || known.equals(now) ? Optional.empty() : Optional.of(table);
    }

    @Override
    public String describe() {
        StreamName known = stream;
        return known == null ? "" : known.toString();
    }

    @Override
    public Instant lastUsed() {
        return lastUsed;
    }

    @Override
    public void end(WriteException why) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            responses.onError(why.toGrpc());
        }
        engine.close(this);
    }

    private void cancelled() {
        synchronized (this) {
            ended = true;
        }
        engine.close(this);
    }

    @Override
    public void onError(Throwable error) {
        cancelled();
    }

    @Override
    public void onCompleted() {
        boolean complete;
        synchronized (this) {
            halfClosed = true;
            complete = waitingRequests == 0 && !ended;
            if (complete) {
                ended = true;
                responses.onCompleted();
            }
        }
        if (complete) {
            engine.close(this);
        }
    }
}
