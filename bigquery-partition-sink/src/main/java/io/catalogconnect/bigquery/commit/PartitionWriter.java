package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.table.TableMismatchException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one lane exactly once. No method blocks: {@link #advance} does what can be done now and is called again when a
 * future completes or time has passed. All calls come from one thread.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A: rows are appended in the order of their Kafka offsets, and none before this writer owns the lane.
 *   <li>B: a row is settled only when it is known to be in the table, or its refusal has been reported.
 *   <li>C: rows get other stream offsets only if every request that used the old ones was answered and written by none.
 *       In any other case the stream is abandoned; the next take-over finalizes it and reads what it contains.
 *   <li>D: after it was fenced, a writer writes nothing.
 * </ul>
 */
public final class PartitionWriter extends LaneWriter {

    /** Number of waiting rows that a take-over compares with the table's. */
    private static final int COMPARED_ROWS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

    private final TakeOverAttempt takeOver;
    private final AppendCheckpoints checkpoints;

    private WriterPhase phase = WriterPhase.UNOWNED;
    private String stream = "";
    private long highWaterMark = -1;
    private int resends;
    /** Whether ownership was requested with {@link #own} while no row waits. */
    private boolean ownershipRequested;

    private long baseOffset = -1;
    /** Whether the service may still process a request of this stream that was lost (invariant C). */
    private boolean requestsMissing;

    public PartitionWriter(LaneKey lane, TakeOverPorts ports, WriterContext context) {
        this(lane, ports, new AppendCheckpoints(ports.checkpoints()), context);
    }

    private PartitionWriter(LaneKey lane, TakeOverPorts ports, AppendCheckpoints checkpoints, WriterContext context) {
        super(lane, new Outbox(lane, checkpoints::before, context), context);
        this.checkpoints = checkpoints;
        WriterSettings.TakeOvers limits = context.settings().takeOver();
        this.takeOver = new TakeOverAttempt(
                new TakeOver(lane, context.streams(), ports, limits), limits.timeout(), context.wakeUp());
    }

    @Override
    public void advance(long now) {
        boolean moved = true;
        while (moved) {
            moved = switch (phase) {
                case UNOWNED -> beginTakeOver(now);
                case TAKING_OVER -> endTakeOver(now);
                case WRITING -> settle(now) || send(now);
                case DRAINING -> drain(now);
                case RESENDING -> resend(now);
                case REPORTING -> awaitReports();
                case STOPPED -> false;
            };
        }
    }

    /**
     * Requests ownership of the lane although no row waits, so that the rows of former owners are counted. The table must
     * exist.
     */
    public void own() {
        ownershipRequested = true;
    }

    /** The acknowledged rows of this owner, if it owns the lane. Later rows may be waiting or in flight. */
    public Optional<LaneProgress> progress() {
        return phase.isOwned()
                ? Optional.of(new LaneProgress(
                        lane(), baseOffset, Math.max(baseOffset, outbox().settledOffset()), outbox().settledRows()))
                : Optional.empty();
    }

    @Override
    public boolean isIdle() {
        return !hasUnsettledRows()
                && (phase == WriterPhase.WRITING || (phase == WriterPhase.UNOWNED && !ownershipRequested));
    }

    @Override
    public boolean isWriting() {
        return phase == WriterPhase.WRITING;
    }

    @Override
    public void close() {
        if (phase != WriterPhase.STOPPED) {
            phase = phase.to(WriterPhase.STOPPED);
        }
        takeOver.cancel();
        outbox().disconnect();
    }

    @Override
    String streamName() {
        return "stream " + (stream.isEmpty() ? "none yet" : stream);
    }

    private boolean enter(WriterPhase next) {
        phase = phase.to(next);
        return true;
    }

    private boolean beginTakeOver(long now) {
        outbox().settleReports();
        if (!mayRetry(now) || outbox().hasReports()) {
            return false;
        }
        Optional<TableMismatchException> refusal = outbox().firstRefusal();
        if (refusal.isPresent() && !needsOwner(refusal.get())) {
            outbox().reportWaiting(refusal.get());
            return true;
        }
        boolean due = outbox().hasWaitingRows() ? refusal.isPresent() || outbox().hasSendableRow() : ownershipRequested;
        if (!due) {
            return false;
        }
        takeOver.begin(outbox().firstWaiting(COMPARED_ROWS), now);
        return enter(WriterPhase.TAKING_OVER);
    }

    /**
     * Whether only the lane's owner can decide about a row that the table does not accept: an earlier owner may have written
     * or reported it before the table was changed. Rows of a table that does not exist were never written.
     */
    private boolean needsOwner(TableMismatchException refusal) {
        return refusal.extent() == TableMismatchException.Extent.SCHEMA && events().toleratesRefusals();
    }

    private boolean endTakeOver(long now) {
        Optional<Ownership> result;
        try {
            result = takeOver.end(now);
        } catch (ServiceUnavailableException e) {
            if (e instanceof TableUnknownException) {
                checkTableTimeout(now, String.valueOf(e.getMessage()));
            }
            return retryTakeOver(now, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (result.isEmpty()) {
            return false;
        }
        Ownership owned = result.get();
        stream = owned.registration().stream();
        highWaterMark = owned.start().kafkaOffset();
        baseOffset = owned.registration().baseOffset();
        outbox().startStream();
        checkpoints.startStream(owned.start());
        requestsMissing = false;
        resends = 0;
        enter(WriterPhase.WRITING);
        events().tookOver();
        LOG.info(
                "{}: writing stream {} in epoch {}, after offset {}",
                lane(),
                stream,
                owned.registration().epoch(),
                highWaterMark);
        return true;
    }

    private boolean retryTakeOver(long now, String reason) {
        enter(WriterPhase.UNOWNED);
        LOG.warn("{}: {}: retrying the take-over in {} ms: {}", lane(), streamName(), delayRetry(now), reason);
        return false;
    }

    /** Settles answers in order, up to the first that is missing or is not a success. */
    private boolean settle(long now) {
        while (outbox().firstIsAnswered()) {
            if (outbox().firstFate() != AppendAnswer.Fate.WRITTEN) {
                return enter(WriterPhase.DRAINING);
            }
            outbox().settleFirst();
            resetFailures();
            resends = 0;
        }
        return outbox().firstIsOverdue(now) && enter(WriterPhase.DRAINING);
    }

    private boolean send(long now) {
        int skipped = outbox().dropWaitingUpTo(highWaterMark);
        if (skipped > 0) {
            events().skipped(skipped);
            LOG.info(
                    "{}: stream {}: skipped {} redelivered rows up to offset {}, which were written before",
                    lane(),
                    stream,
                    skipped,
                    highWaterMark);
        }
        outbox().send(stream, now);
        Optional<TableMismatchException> refusal = outbox().firstRefusal();
        if (refusal.isPresent() && !outbox().hasAppends()) {
            outbox().reportWaiting(refusal.get());
            return enter(WriterPhase.REPORTING);
        }
        return outbox().firstIsAnswered();
    }

    /** Waits until no append is in flight, then does what the first answer requires. */
    private boolean drain(long now) {
        if (!outbox().allAnswered()) {
            if (!outbox().anyOverdue(now)) {
                return false;
            }
            requestsMissing = true;
            outbox().disconnect();
        }
        if (outbox().firstFate() == AppendAnswer.Fate.WRITTEN) {
            return enter(WriterPhase.WRITING); // the answer arrived late
        }
        AppendAnswer answer = outbox().firstAnswer();
        return switch (answer.remedy()) {
            case REPORT_ROWS ->
                (!requestsMissing && outbox().noneWrittenForSure())
                        ? reportRefused()
                        : abandonStream(now, answer.message());
            case RESEND, AWAIT_TABLE -> {
                if (answer.remedy() == AppendAnswer.Remedy.AWAIT_TABLE) {
                    checkTableTimeout(now, answer.message());
                }
                requestsMissing = true;
                yield ++resends <= settings().append().maxResends()
                        ? resendLater(now, answer.message())
                        : abandonStream(now, answer.message());
            }
            case AWAIT_SCHEMA -> {
                checkSchemaTimeout(now, answer);
                yield resendLater(now, answer.message());
            }
            case ABANDON_STREAM -> abandonStream(now, answer.message());
            case STOP -> stopUnlessTableIsTheCause(now, answer.message());
        };
    }

    private boolean stopUnlessTableIsTheCause(long now, String message) {
        Optional<TableMismatchException> refusal = outbox().firstAppendRefusal();
        if (refusal.isPresent()) {
            return takeRefusedBack(now, refusal.get());
        }
        if (isCheckedBeforeStop(now)) {
            throw stop(message);
        }
        return false;
    }

    private boolean resendLater(long now, String reason) {
        LOG.warn(
                "{}: stream {}: sending {} appends again in {} ms: {}",
                lane(),
                stream,
                outbox().requestsInFlight(),
                delayRetry(now),
                reason);
        return enter(WriterPhase.RESENDING);
    }

    /** Sends the same rows at the same stream offsets, which is harmless where they are written already. */
    private boolean resend(long now) {
        if (!mayRetry(now)) {
            return false;
        }
        Optional<TableMismatchException> refusal = outbox().firstAppendRefusal();
        if (refusal.isPresent()) {
            return takeRefusedBack(now, refusal.get());
        }
        if (!outbox().firstIsSendable()) {
            return false;
        }
        outbox().sendAgain(now);
        return enter(WriterPhase.WRITING);
    }

    /** The table was changed and does not accept the rows of the appends any more. */
    private boolean takeRefusedBack(long now, TableMismatchException refusal) {
        if (requestsMissing || !outbox().noneWrittenForSure()) {
            return abandonStream(now, String.valueOf(refusal.getMessage()));
        }
        outbox().takeAllBack();
        return enter(WriterPhase.WRITING);
    }

    private boolean reportRefused() {
        if (!outbox().reportRefusedAndTakeBack()) {
            throw stop(UNNAMED_ROWS);
        }
        return enter(WriterPhase.REPORTING);
    }

    private boolean awaitReports() {
        outbox().settleReports();
        return !outbox().hasReports() && enter(WriterPhase.WRITING);
    }

    private boolean abandonStream(long now, String reason) {
        outbox().takeAllBack();
        outbox().disconnect();
        recheckTable();
        return retryTakeOver(now, "the stream is abandoned: " + reason);
    }
}
