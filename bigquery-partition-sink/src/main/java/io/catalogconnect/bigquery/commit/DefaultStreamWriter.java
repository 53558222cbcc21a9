package io.catalogconnect.bigquery.commit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
    private final TreeMap<Long, CompletableFuture<Void>> refusals = new TreeMap<>();

    private @Nullable StreamConnection connection;
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
        settleRefusals();
        settle(now);
        send(now);
    }

    @Override
    public OptionalLong firstUnsettled() {
        long first = refusals.isEmpty() ? Long.MAX_VALUE : refusals.firstKey();
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
        return !stopped && connection != null;
    }

    @Override
    public void close() {
        stopped = true;
        disconnect();
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
                refuse(first.rows(), refused.reasons());
            } else if (answer instanceof AppendAnswer.Refused refused) {
                throw stop(refused.message());
            } else {
                sendAgain(now, answer);
                return;
            }
            first = ledger.first();
        }
    }

    private void refuse(List<Row> rows, Map<Integer, String> reasons) {
        List<Row> good = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String reason = reasons.get(i);
            if (reason == null) {
                good.add(rows.get(i));
                continue;
            }
            CompletableFuture<Void> refusal = events.refused(lane, rows.get(i), reason);
            refusals.put(rows.get(i).offset(), refusal);
            var unused = refusal.whenComplete((done, failure) -> wakeUp.run());
        }
        waiting.putBack(good);
    }

    private void settleRefusals() {
        for (Iterator<CompletableFuture<Void>> each = refusals.values().iterator(); each.hasNext(); ) {
            CompletableFuture<Void> refusal = each.next();
            if (!refusal.isDone()) {
                continue;
            }
            each.remove();
            try {
                refusal.join();
            } catch (CompletionException e) {
                stopped = true;
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
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
        disconnect();
        notBefore = now + backoff.delayMillis(failures++);
        LOG.warn("{}: sending {} rows again in {} ms: {}", lane, doubtful.size(), notBefore - now, answer);
    }

    private void send(long now) {
        while (ledger.size() < settings.maxRequestsInFlight() && now >= notBefore && worthSending(now)) {
            StreamConnection to = connection;
            if (to == null || !to.isOpen()) {
                if (!ledger.isEmpty()) {
                    return; // its end is about to be settled
                }
                disconnect();
                to = streams.connect(streams.defaultStream(lane.table()));
                connection = to;
            }
            List<Row> rows = waiting.take(settings.maxRequestRows(), settings.maxRequestBytes());
            AppendLedger.Entry entry = ledger.place(rows.get(0).format(), rows);
            events.sent(rows.size(), entry.bytes());
            entry.sendAnywhere(to, now + settings.appendTimeout().toMillis(), wakeUp);
        }
    }

    private boolean worthSending(long now) {
        Row first = waiting.peek();
        return first != null
                && tableReady.test(first.format())
                && (ledger.isEmpty()
                        || waiting.size() >= settings.maxRequestRows()
                        || waiting.bytes() >= settings.maxRequestBytes()
                        || now - waiting.oldestSince() >= settings.linger().toMillis());
    }

    private ServiceRefusedException stop(String message) {
        stopped = true;
        disconnect();
        return new ServiceRefusedException(lane + ": default stream: " + message, null);
    }

    private void disconnect() {
        StreamConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
