package io.catalogconnect.bigquery.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What a lane holds that is not settled, in the order of its way: rows that wait, appends under way, bad rows that were
 * handed over; and the connection they leave by. It decides when an append is worth sending, and nothing else.
 */
final class Outbox {

    /** Where in the stream an append goes. */
    enum Place {
        /** To the place that the ledger gave it. */
        GIVEN,
        /** To wherever the stream ends. */
        ANYWHERE
    }

    private final WriterSettings settings;
    private final WriterEvents events;
    private final Predicate<RowFormat> tableReady;
    private final Runnable wakeUp;
    private final Place place;
    private final RowQueue waiting = new RowQueue();
    private final AppendLedger ledger = new AppendLedger();
    private final Refusals refusals;
    private final Link link;
    private long lastAccepted = -1;

    Outbox(
            LaneKey lane,
            Place place,
            WriteStreams streams,
            WriterSettings settings,
            WriterEvents events,
            Predicate<RowFormat> tableReady,
            Runnable wakeUp) {
        this.place = place;
        this.settings = settings;
        this.events = events;
        this.tableReady = tableReady;
        this.wakeUp = wakeUp;
        this.refusals = new Refusals(lane, events, wakeUp);
        this.link = new Link(streams);
    }

    /** Takes a row, unless Connect gave it before: then it is with us or in the table. */
    void accept(Row row, long now) {
        if (row.offset() > lastAccepted) {
            lastAccepted = row.offset();
            waiting.addLast(row, now);
        }
    }

    /** The highest offset of a row that was taken, or -1. */
    long lastAccepted() {
        return lastAccepted;
    }

    RowQueue waiting() {
        return waiting;
    }

    AppendLedger ledger() {
        return ledger;
    }

    Refusals refusals() {
        return refusals;
    }

    Link link() {
        return link;
    }

    OptionalLong firstUnsettled() {
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

    long unsettledBytes() {
        long bytes = waiting.bytes();
        for (AppendLedger.Entry entry : ledger.all()) {
            bytes += entry.bytes();
        }
        return bytes;
    }

    /** Whether a row waits whose table takes it now. */
    boolean hasRowForItsTable() {
        Row first = waiting.peek();
        return first != null && tableReady.test(first.format());
    }

    /** Sends as many appends as may be under way and are worth it. */
    void send(String stream, long now) {
        while (ledger.size() < settings.maxRequestsInFlight()
                && hasRowForItsTable()
                && waiting.worthSending(settings, ledger.isEmpty(), now)) {
            if (!link.isOpen() && !ledger.isEmpty()) {
                return; // what is under way is in doubt, and is settled first; an end while nothing is, is none
            }
            List<Row> rows = waiting.take(settings.maxRequestRows(), settings.maxRequestBytes());
            transmit(ledger.place(rows.get(0).format(), rows), stream, now);
        }
    }

    /** Sends again, in order, all that is under way. */
    void sendAgain(String stream, long now) {
        for (AppendLedger.Entry entry : ledger.all()) {
            transmit(entry, stream, now);
        }
    }

    private void transmit(AppendLedger.Entry entry, String stream, long now) {
        events.sent(entry.rows().size(), entry.bytes());
        OptionalLong at = place == Place.GIVEN ? OptionalLong.of(entry.streamOffset()) : OptionalLong.empty();
        entry.send(link.to(stream), at, now + settings.appendTimeout().toMillis(), wakeUp);
    }

    /** The first append is in the table. */
    void settleFirst() {
        AppendLedger.Entry first = ledger.first();
        if (first != null) {
            ledger.settleFirst();
            events.acknowledged(first.rows().size());
        }
    }

    /** Takes the rows of all appends back, to be sent again in other ones. */
    void takeAllBack() {
        waiting.putBack(ledger.takeBack());
    }

    /** Takes back the rows of those appends that are not known to be in the table, and tells how many they are. */
    int takeBackDoubtful() {
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
        return doubtful.size();
    }
}
