package io.catalogconnect.bigquery.commit;

import java.util.OptionalLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one lane at least once, to the table's default stream: no registry, no take-over, no mark. What is in doubt is
 * sent again, and may then be there twice. All calls come from one thread.
 */
public final class DefaultStreamWriter implements RowSink {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultStreamWriter.class);

    private final LaneKey lane;
    private final String stream;
    private final WriterSettings settings;
    private final Backoff backoff;
    private final Outbox outbox;

    private long notBefore;
    private int failures;
    private long schemaTroubleSince = -1;
    private boolean stopped;

    public DefaultStreamWriter(
            LaneKey lane,
            WriteStreams streams,
            WriterSettings settings,
            WriterEvents events,
            Backoff backoff,
            Predicate<RowFormat> tableReady,
            Runnable wakeUp) {
        this.lane = lane;
        this.stream = streams.defaultStream(lane.table());
        this.settings = settings;
        this.backoff = backoff;
        this.outbox = new Outbox(lane, Outbox.Place.ANYWHERE, streams, settings, events, tableReady, wakeUp);
    }

    @Override
    public void accept(Row row, long now) {
        outbox.accept(row, now);
    }

    @Override
    public void step(long now) {
        if (stopped) {
            return;
        }
        outbox.refusals().settle();
        settle(now);
        if (now >= notBefore) {
            outbox.send(stream, now);
        }
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
        return outbox.ledger().size();
    }

    @Override
    public boolean isFlowing() {
        return !stopped && outbox.link().exists();
    }

    @Override
    public void close() {
        stopped = true;
        outbox.link().close();
    }

    private void settle(long now) {
        AppendLedger.Entry first = outbox.ledger().first();
        while (first != null && (first.answered() || first.overdue(now))) {
            AppendAnswer answer = first.answer();
            if (answer instanceof AppendAnswer.Appended) {
                outbox.settleFirst();
                failures = 0;
                schemaTroubleSince = -1;
            } else if (answer instanceof AppendAnswer.RowsRefused refused) {
                outbox.ledger().settleFirst();
                outbox.waiting().putBack(outbox.refusals().handOver(first.rows(), refused.reasons()));
            } else if (answer instanceof AppendAnswer.Refused refused) {
                throw stop(refused.message());
            } else {
                sendAgain(now, answer);
                return;
            }
            first = outbox.ledger().first();
        }
    }

    private void sendAgain(long now, AppendAnswer answer) {
        if (answer instanceof AppendAnswer.SchemaUnknown unknown) {
            schemaTroubleSince = schemaTroubleSince < 0 ? now : schemaTroubleSince;
            if (now - schemaTroubleSince >= settings.schemaTimeout().toMillis()) {
                throw stop("the table still does not take the record's columns after "
                        + settings.schemaTimeout().toSeconds() + " s: " + unknown.message());
            }
        }
        int doubtful = outbox.takeBackDoubtful();
        outbox.link().close();
        notBefore = now + backoff.delayMillis(failures++);
        LOG.warn("{}: default stream: sending {} rows again in {} ms: {}", lane, doubtful, notBefore - now, answer);
    }

    private ServiceRefusedException stop(String message) {
        stopped = true;
        outbox.link().close();
        return new ServiceRefusedException(lane + ": default stream: " + message, null);
    }
}
