package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.FaultRule;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An append request of a connection. Its rows are decoded when it arrives, and again if the table has changed since. */
final class PendingAppend implements AppendRequest {
    private final BiConsumer<PendingAppend, AppendOutcome> answers;
    private final WriteEngine engine;
    private final StreamName stream;
    private final DescriptorProto descriptor;
    private final AppendRowsRequest request;
    private final AppendRowsRequest.MissingValueInterpretation defaultInterpretation;
    private final int size;
    private final Optional<FaultRule> fault;
    private @Nullable DecodedRows decoded;

    PendingAppend(
            BiConsumer<PendingAppend, AppendOutcome> answers,
            WriteEngine engine,
            StreamName stream,
            DescriptorProto descriptor,
            AppendRowsRequest request,
            AppendRowsRequest.MissingValueInterpretation defaultInterpretation,
            int size,
            Optional<FaultRule> fault) {
        this.answers = answers;
        this.engine = engine;
        this.stream = stream;
        this.descriptor = descriptor;
        this.request = request;
        this.defaultInterpretation = defaultInterpretation;
        this.size = size;
        this.fault = fault;
    }

    private Optional<FaultRule> fault(Effect effect) {
        return fault.filter(rule -> rule.effect() == effect);
    }

    boolean dropsAnswer() {
        return fault(Effect.DROP_ANSWER).isPresent();
    }

    @Override
    public Optional<WriteException> fault() {
        return fault(Effect.ERROR).map(rule -> FaultStatus.of(rule.code()));
    }

    @Override
    public Optional<Duration> visibleAfter() {
        return fault(Effect.LATE_VISIBILITY).map(FaultRule::duration);
    }

    @Override
    public StreamName stream() {
        return stream;
    }

    @Override
    public OptionalLong offset() {
        return request.hasOffset() ? OptionalLong.of(request.getOffset().getValue()) : OptionalLong.empty();
    }

    @Override
    public DecodedRows rows(StoredTable table) {
        DecodedRows known = decoded;
        if (known == null || !known.columns().equals(table.columns())) {
            known = engine.decode(request, stream, descriptor, defaultInterpretation, table);
            decoded = known;
        }
        return known;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void complete(AppendOutcome outcome) {
        answers.accept(this, outcome);
    }
}
