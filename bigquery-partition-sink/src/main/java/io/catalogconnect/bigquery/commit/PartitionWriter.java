package io.catalogconnect.bigquery.commit;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one lane exactly once. It never waits: {@link #step} does what can be done now and is called again when a
 * future is done or time has passed. All calls come from one thread.
 *
 * <p>What it keeps to:
 *
 * <ul>
 *   <li>A: rows are appended in the order of their Kafka offsets, and none is appended before the lane is ours.
 *   <li>B: a row counts as settled only when it is known to be in the table, or handed to whoever takes bad rows.
 *   <li>C: rows get another place in a stream only if every request that named the old one was answered, and written by
 *       none. In every other doubt the stream is given up, which the next owner's finalize makes certain.
 *   <li>D: once fenced, nothing is written any more.
 * </ul>
 */
public final class PartitionWriter implements RowSink {

    private enum Phase {
        UNOWNED,
        TAKING_OVER,
        WRITING,
        DRAINING,
        RESENDING,
        REFUSING,
        STOPPED
    }

    /** How many waiting rows a take-over compares with the table's. */
    private static final int PROBES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

    private final LaneKey lane;
    private final WriterSettings settings;
    private final WriterEvents events;
    private final Backoff backoff;
    private final LaneClaim claim;
    private final Outbox outbox;
    private final AppendLedger ledger;

    private Phase phase = Phase.UNOWNED;
    private String stream = "";
    private long highWaterMark = -1;
    private long notBefore;
    private int failures;
    private int resends;
    private long schemaTroubleSince = -1;
    /** Whether the lane is to be ours though no row waits. */
    private boolean wanted;

    private long baseOffset = -1;
    /** Whether a request of this stream went missing: it may yet be worked on (rule C). */
    private boolean requestsMissing;

    public PartitionWriter(
            LaneKey lane,
            WriteStreams streams,
            StreamRegistry registry,
            WrittenOffsets writtenOffsets,
            WriterSettings settings,
            WriterEvents events,
            Backoff backoff,
            Predicate<RowFormat> tableReady,
            Runnable wakeUp) {
        this.lane = lane;
        this.settings = settings;
        this.events = events;
        this.backoff = backoff;
        this.outbox = new Outbox(lane, Outbox.Place.GIVEN, streams, settings, events, tableReady, wakeUp);
        this.ledger = outbox.ledger();
        TakeOver takeOver = new TakeOver(
                lane, streams, registry, writtenOffsets, settings.visibilityTimeout(), settings.rowsExpire());
        this.claim = new LaneClaim(takeOver, settings.takeOverTimeout(), wakeUp);
    }

    @Override
    public void accept(Row row, long now) {
        outbox.accept(row, now);
    }

    @Override
    public void step(long now) {
        boolean moved = true;
        while (moved) {
            moved = switch (phase) {
                case UNOWNED -> beginTakeOver(now);
                case TAKING_OVER -> endTakeOver(now);
                case WRITING -> settle(now) || send(now);
                case DRAINING -> drain(now);
                case RESENDING -> resend(now);
                case REFUSING -> awaitRefusals();
                case STOPPED -> false;
            };
        }
    }

    /**
     * Takes the lane over though no row waits, so that it becomes certain what the table holds of it. The table must be
     * there.
     */
    public void own() {
        wanted = true;
    }

    /** What this owner wrote, once the lane is ours and nothing waits or is under way. */
    public Optional<Holding> holding() {
        return phase == Phase.WRITING && ledger.isEmpty() && outbox.waiting().peek() == null
                ? Optional.of(new Holding(lane, baseOffset, Math.max(baseOffset, outbox.lastAccepted()), ledger.end()))
                : Optional.empty();
    }

    @Override
    public OptionalLong firstUnsettled() {
        return outbox.firstUnsettled();
    }

    @Override
    public long unsettledBytes() {
        return outbox.unsettledBytes();
    }

    @Override
    public int requestsInFlight() {
        return ledger.size();
    }

    @Override
    public boolean isFlowing() {
        return phase == Phase.WRITING;
    }

    @Override
    public void close() {
        phase = Phase.STOPPED;
        claim.giveUp();
        outbox.link().close();
    }

    private boolean beginTakeOver(long now) {
        boolean due = outbox.waiting().peek() == null ? wanted : outbox.hasRowForItsTable();
        if (now < notBefore || !due) {
            return false;
        }
        claim.begin(outbox.waiting().first(PROBES), now);
        phase = Phase.TAKING_OVER;
        return true;
    }

    private boolean endTakeOver(long now) {
        Optional<Ownership> claimed;
        try {
            claimed = claim.end(now);
        } catch (ServiceUnavailableException e) {
            return retryTakeOver(now, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            phase = Phase.STOPPED;
            throw e;
        }
        if (claimed.isEmpty()) {
            return false;
        }
        Ownership owned = claimed.get();
        stream = owned.registration().stream();
        highWaterMark = owned.highestOffset();
        baseOffset = owned.registration().baseOffset();
        ledger.startOver();
        requestsMissing = false;
        resends = 0;
        phase = Phase.WRITING;
        events.tookOver();
        LOG.info(
                "{}: writing stream {} in epoch {}, after offset {}",
                lane,
                stream,
                owned.registration().epoch(),
                highWaterMark);
        return true;
    }

    private boolean retryTakeOver(long now, String reason) {
        notBefore = now + backoff.delayMillis(failures++);
        phase = Phase.UNOWNED;
        LOG.warn("{}: stream {}: taking over again in {} ms: {}", lane, named(stream), notBefore - now, reason);
        return false;
    }

    private static String named(String stream) {
        return stream.isEmpty() ? "none yet" : stream;
    }

    /** Settles answers in order, up to the first that is missing or is trouble. */
    private boolean settle(long now) {
        AppendLedger.Entry first = ledger.first();
        while (first != null && first.answered()) {
            AppendAnswer answer = first.answer();
            boolean written = answer instanceof AppendAnswer.Appended
                    // Ours, sent twice: the stream's end lies behind it, and only we know this stream.
                    || (answer instanceof AppendAnswer.BelowEnd below && below.streamEnd() >= first.streamEnd());
            if (!written) {
                phase = Phase.DRAINING;
                return true;
            }
            outbox.settleFirst();
            failures = 0;
            resends = 0;
            schemaTroubleSince = -1;
            first = ledger.first();
        }
        if (first != null && first.overdue(now)) {
            phase = Phase.DRAINING;
            return true;
        }
        return false;
    }

    private boolean send(long now) {
        int skipped = outbox.waiting().dropUpTo(highWaterMark);
        if (skipped > 0) {
            events.skipped(skipped);
            LOG.info(
                    "{}: stream {}: left out {} rows up to offset {}, which the table has",
                    lane,
                    stream,
                    skipped,
                    highWaterMark);
        }
        outbox.send(stream, now);
        AppendLedger.Entry first = ledger.first();
        return first != null && first.answered();
    }

    /** Waits until nothing is under way, then decides what the first answer calls for. */
    private boolean drain(long now) {
        AppendLedger.Entry first = ledger.first();
        if (first == null) {
            phase = Phase.WRITING;
            return true;
        }
        if (!ledger.allAnswered()) {
            if (!ledger.anyOverdue(now)) {
                return false;
            }
            requestsMissing = true;
            outbox.link().close();
        }
        AppendAnswer answer = first.answer();
        if (answer instanceof AppendAnswer.Appended
                || (answer instanceof AppendAnswer.BelowEnd below && below.streamEnd() >= first.streamEnd())) {
            phase = Phase.WRITING; // an answer that came late
            return true;
        }
        if (answer instanceof AppendAnswer.RowsRefused refused) {
            return (!requestsMissing && ledger.noneWrittenForSure()) ? refuse(refused) : giveUpStream(now, "bad rows");
        }
        if (answer instanceof AppendAnswer.Unavailable unavailable) {
            requestsMissing = true;
            return ++resends <= settings.maxResends()
                    ? resendLater(now, unavailable.message())
                    : giveUpStream(now, unavailable.message());
        }
        if (answer instanceof AppendAnswer.SchemaUnknown unknown) {
            return awaitSchema(now, unknown);
        }
        if (answer instanceof AppendAnswer.Refused refused) {
            throw stop(refused.message());
        }
        return giveUpStream(now, String.valueOf(answer));
    }

    private boolean awaitSchema(long now, AppendAnswer.SchemaUnknown unknown) {
        if (schemaTroubleSince < 0) {
            schemaTroubleSince = now;
        }
        if (now - schemaTroubleSince < settings.schemaTimeout().toMillis()) {
            return resendLater(now, unknown.message());
        }
        throw stop("the table still does not take the record's columns after "
                + settings.schemaTimeout().toSeconds() + " s: " + unknown.message()
                + ". Compare the table's columns with the record's schema, then restart the task.");
    }

    private boolean resendLater(long now, String reason) {
        notBefore = now + backoff.delayMillis(failures++);
        phase = Phase.RESENDING;
        LOG.warn(
                "{}: stream {}: sending {} appends again in {} ms: {}",
                lane,
                stream,
                ledger.size(),
                notBefore - now,
                reason);
        return true;
    }

    /** The same rows at the same places: harmless where they are written already. */
    private boolean resend(long now) {
        if (now < notBefore) {
            return false;
        }
        outbox.sendAgain(stream, now);
        phase = Phase.WRITING;
        return true;
    }

    private boolean refuse(AppendAnswer.RowsRefused refused) {
        // The reasons name rows of the first append; all places behind it are free again too.
        outbox.waiting().putBack(outbox.refusals().handOver(ledger.takeBack(), refused.reasons()));
        if (outbox.refusals().isEmpty()) {
            throw stop("rows were refused without saying which");
        }
        phase = Phase.REFUSING;
        return true;
    }

    private boolean awaitRefusals() {
        outbox.refusals().settle();
        if (!outbox.refusals().isEmpty()) {
            return false;
        }
        phase = Phase.WRITING;
        return true;
    }

    private boolean giveUpStream(long now, String reason) {
        outbox.takeAllBack();
        outbox.link().close();
        return retryTakeOver(now, "it is given up: " + reason);
    }

    private ServiceRefusedException stop(String message) {
        phase = Phase.STOPPED;
        outbox.link().close();
        return new ServiceRefusedException(lane + ": stream " + stream + ": " + message, null);
    }
}
