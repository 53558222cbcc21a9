package io.catalogconnect.bigquery.commit;

import java.util.ArrayList;
import java.util.List;
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
    private final WriteStreams streams;
    private final WriterSettings settings;
    private final WriterEvents events;
    private final Backoff backoff;
    private final Predicate<RowFormat> tableReady;
    private final Runnable wakeUp;
    private final RowQueue waiting = new RowQueue();
    private final AppendLedger ledger = new AppendLedger();
    private final Refusals refusals;
    private final Link link;

    private long lastAccepted = -1;
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
        this.streams = streams;
        this.settings = settings;
        this.events = events;
        this.backoff = backoff;
        this.tableReady = tableReady;
        this.wakeUp = wakeUp;
        this.refusals = new Refusals(lane, events, wakeUp);
        this.link = new Link(streams);
    }

    @Override
    public void accept(Row row, long now) {
        if (row.offset() > lastAccepted) {
            lastAccepted = row.offset();
            waiting.addLast(row, now);
        }
    }

    @Override
    public void step(long now) {
        if (stopped) {
            return;
        }
        refusals.settle();
        settle(now);
        send(now);
    }

    @Override
    public OptionalLong firstUnsettled() {
        long first = refusals.firstOffset();
        for (AppendLedger.Entry entry : ledger.all()) {
            first = Math.min(first, entry.rows().get(0).offset());
        }
        Row row = waiting.peek();
        if (row != null) {
            first = Math.min(first, row.offset());
        }
        return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
    }

    @Override
    public long unsettledBytes() {
        long bytes = waiting.bytes();
        for (AppendLedger.Entry entry : ledger.all()) {
            bytes += entry.bytes();
        }
        return bytes;
    }

    @Override
    public int requestsInFlight() {
        return ledger.size();
    }

    @Override
    public boolean isFlowing() {
        return !stopped && link.exists();
    }

    @Override
    public void close() {
        stopped = true;
        link.close();
    }

    private void settle(long now) {
        AppendLedger.Entry first = ledger.first();
        while (first != null && (first.answered() || first.overdue(now))) {
            AppendAnswer answer = first.answer();
            if (answer instanceof AppendAnswer.Appended) {
                ledger.settleFirst();
                events.acknowledged(first.rows().size());
                failures = 0;
                schemaTroubleSince = -1;
            } else if (answer instanceof AppendAnswer.RowsRefused refused) {
                ledger.settleFirst();
                waiting.putBack(refusals.handOver(first.rows(), refused.reasons()));
            } else if (answer instanceof AppendAnswer.Refused refused) {
                throw stop(refused.message());
            } else {
                sendAgain(now, answer);
                return;
            }
            first = ledger.first();
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
        List<Row> doubtful = new ArrayList<>();
        for (AppendLedger.Entry entry : ledger.all()) {
            if (entry.answer() instanceof AppendAnswer.Appended) {
                events.acknowledged(entry.rows().size());
            } else {
                doubtful.addAll(entry.rows());
            }
        }
        ledger.takeBack();
        waiting.putBack(doubtful);
        link.close();
        notBefore = now + backoff.delayMillis(failures++);
        LOG.warn("{}: sending {} rows again in {} ms: {}", lane, doubtful.size(), notBefore - now, answer);
    }

    private void send(long now) {
        while (ledger.size() < settings.maxRequestsInFlight() && now >= notBefore && worthSending(now)) {
            if (!link.isOpen() && !ledger.isEmpty()) {
                return; // its end is about to be settled
            }
            List<Row> rows = waiting.take(settings.maxRequestRows(), settings.maxRequestBytes());
            AppendLedger.Entry entry = ledger.place(rows.get(0).format(), rows);
            events.sent(rows.size(), entry.bytes());
            entry.sendAnywhere(
                    link.to(streams.defaultStream(lane.table())),
                    now + settings.appendTimeout().toMillis(),
                    wakeUp);
        }
    }

    private boolean worthSending(long now) {
        Row first = waiting.peek();
        return first != null
                && tableReady.test(first.format())
                && waiting.worthSending(settings, ledger.isEmpty(), now);
    }

    private ServiceRefusedException stop(String message) {
        stopped = true;
        link.close();
        return new ServiceRefusedException(lane + ": default stream: " + message, null);
    }
}
