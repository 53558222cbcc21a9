package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.table.TableMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The unsettled rows of a lane: waiting rows, appends in flight and refused rows that are being reported, with the
 * connection that the appends use. It decides when an append is worth sending; the writer decides everything else.
 */
final class Outbox {

    /** Stream offset of an append. */
    enum Placement {
        /** The offset that the ledger assigned. */
        ASSIGNED,
        /** The end of the stream, wherever it is. */
        STREAM_END
    }

    /** What must be done before an append is sent. */
    @FunctionalInterface
    interface Preparation {
        /**
         * Prepares an append. The append is sent when the future completes.
         *
         * @param streamEnd number of rows in the stream after the append
         * @param last the append's last row
         */
        CompletableFuture<?> before(long streamEnd, Row last, long now);
    }

    private final WriterContext context;
    private final Placement placement;
    private final Preparation preparation;
    private final RowQueue waiting = new RowQueue();
    private final AppendLedger ledger = new AppendLedger();
    private final RefusedRows reports;
    private final LaneConnection connection;
    private long lastAdded = -1;

    /** Appends at the end of a stream that other writers use too. */
    Outbox(LaneKey lane, WriterContext context) {
        this(lane, Placement.STREAM_END, (end, last, now) -> CompletableFuture.completedFuture(end), context);
    }

    /** Appends at assigned offsets of a stream that no other writer uses. */
    Outbox(LaneKey lane, Preparation preparation, WriterContext context) {
        this(lane, Placement.ASSIGNED, preparation, context);
    }

    private Outbox(LaneKey lane, Placement placement, Preparation preparation, WriterContext context) {
        this.placement = placement;
        this.preparation = preparation;
        this.context = context;
        this.reports = new RefusedRows(lane, context.events());
        this.connection = new LaneConnection(context.streams());
    }

    /** Adds a row unless it was redelivered: then it is waiting, in flight or in the table. */
    void add(Row row, long now) {
        if (row.offset() > lastAdded) {
            lastAdded = row.offset();
            waiting.addLast(row, now);
        }
    }

    OptionalLong firstUnsettled() {
        long first = reports.firstOffset();
        for (AppendLedger.Entry entry : ledger.all()) {
            first = Math.min(first, entry.rows().get(0).offset());
        }
        Row row = waiting.peek();
        if (row != null) {
            first = Math.min(first, row.offset());
        }
        return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
    }

    boolean hasUnsettledRows() {
        return hasWaitingRows() || !ledger.isEmpty() || !reports.isEmpty();
    }

    long unsettledBytes() {
        long bytes = waiting.bytes() + reports.bytes();
        for (AppendLedger.Entry entry : ledger.all()) {
            bytes += entry.bytes();
        }
        return bytes;
    }

    int requestsInFlight() {
        return ledger.size();
    }

    boolean hasWaitingRows() {
        return waiting.peek() != null;
    }

    /** Whether a row waits whose table accepts it now. */
    boolean hasSendableRow() {
        Row first = waiting.peek();
        return first != null && context.tables().accepts(first.format());
    }

    /** Why the table accepts no row like the first waiting one; empty if it accepts it, or may do so later. */
    Optional<TableMismatchException> firstRefusal() {
        Row first = waiting.peek();
        return first == null ? Optional.empty() : refusal(first.format());
    }

    /** Reports the first waiting rows, all of one format, as refused by the table. */
    void reportWaiting(TableMismatchException refusal) {
        WriterSettings.Appends limits = context.settings().append();
        reports.reportAll(waiting.take(limits.maxRows(), limits.maxBytes()), String.valueOf(refusal.getMessage()));
    }

    private Optional<TableMismatchException> refusal(RowFormat format) {
        return context.tables().accepts(format)
                ? Optional.empty()
                : context.tables().refusal(format);
    }

    /** The first waiting rows, which stay. */
    List<Row> firstWaiting(int most) {
        return waiting.first(most);
    }

    /** Drops the waiting rows at or below a Kafka offset and returns how many. */
    int dropWaitingUpTo(long offset) {
        return waiting.dropUpTo(offset);
    }

    /** Number of rows in the stream that are settled; all of them are below {@link #firstUnsettled}. */
    long settledRows() {
        return ledger.settledRows();
    }

    /** A Kafka offset at or above all settled rows, and below all others. */
    long settledOffset() {
        OptionalLong first = firstUnsettled();
        return first.isPresent() ? first.getAsLong() - 1 : lastAdded;
    }

    /** Starts with a stream that is empty. */
    void startStream() {
        ledger.startOver();
    }

    /** Sends appends while there is room for one in flight and it is worth sending. */
    void send(String stream, long now) {
        WriterSettings.Appends limits = context.settings().append();
        transmitPrepared(stream, now);
        while (ledger.size() < limits.maxInFlight()
                && hasSendableRow()
                && waiting.worthSending(limits, ledger.isEmpty(), now)) {
            if (!connection.isOpen() && !ledger.isEmpty()) {
                return; // appends of the ended connection are settled first
            }
            List<Row> rows = waiting.take(limits.maxRows(), limits.maxBytes());
            prepare(ledger.place(rows.get(0).format(), rows), now);
            transmitPrepared(stream, now);
        }
    }

    /** Lets {@link #send} send all appends in flight again, in order and at the same stream offsets. */
    void sendAgain(long now) {
        boolean preparesAgain = false;
        for (AppendLedger.Entry entry : ledger.all()) {
            preparesAgain |= !entry.isPrepared();
            if (preparesAgain) {
                prepare(entry, now); // never sent, and neither were those after it
            } else {
                entry.awaitSending(deadline(now));
            }
        }
    }

    private void prepare(AppendLedger.Entry entry, long now) {
        List<Row> rows = entry.rows();
        entry.prepare(
                preparation.before(entry.streamEnd(), rows.get(rows.size() - 1), now), deadline(now), context.wakeUp());
    }

    /** Sends the prepared appends in order, up to the first that is not prepared. */
    private void transmitPrepared(String stream, long now) {
        boolean othersAreSent = false;
        for (AppendLedger.Entry entry : ledger.all()) {
            if (!entry.isSent()) {
                boolean orderIsKept = connection.isOpen() || !othersAreSent;
                if (!entry.isPrepared() || !orderIsKept) {
                    return;
                }
                transmit(entry, stream, now);
            }
            othersAreSent = true;
        }
    }

    private long deadline(long now) {
        return now + context.settings().append().timeout().toMillis();
    }

    private void transmit(AppendLedger.Entry entry, String stream, long now) {
        context.events().sent(entry.rows().size(), entry.bytes());
        OptionalLong at =
                placement == Placement.ASSIGNED ? OptionalLong.of(entry.streamOffset()) : OptionalLong.empty();
        entry.send(connection.to(stream), at, deadline(now), context.wakeUp());
    }

    boolean hasAppends() {
        return !ledger.isEmpty();
    }

    boolean firstIsAnswered() {
        AppendLedger.Entry first = ledger.first();
        return first != null && first.answered();
    }

    boolean firstIsOverdue(long now) {
        AppendLedger.Entry first = ledger.first();
        return first != null && first.overdue(now);
    }

    /** Whether the table accepts the first append's rows now. */
    boolean firstIsSendable() {
        return context.tables().accepts(first().format());
    }

    /** Why the table accepts the first append's rows no longer; empty if it accepts them, or may do so later. */
    Optional<TableMismatchException> firstAppendRefusal() {
        return refusal(first().format());
    }

    /** The first append's answer; an append without one counts as unavailable. */
    AppendAnswer firstAnswer() {
        return first().answer();
    }

    AppendAnswer.Fate firstFate() {
        return first().fate();
    }

    boolean allAnswered() {
        return ledger.allAnswered();
    }

    boolean anyOverdue(long now) {
        return ledger.anyOverdue(now);
    }

    /** Whether the service has processed every append and written none of them. */
    boolean noneWrittenForSure() {
        return ledger.noneWrittenForSure();
    }

    /** The first append is in the table. */
    void settleFirst() {
        int rows = first().rows().size();
        ledger.settleFirst();
        context.events().acknowledged(rows);
    }

    /** Takes the first append back, reports its refused rows and queues the others. Returns whether it reported any. */
    boolean reportRefusedOfFirst() {
        AppendLedger.Entry first = first();
        ledger.settleFirst();
        return report(first.rows(), first.answer());
    }

    /** Takes all appends back, reports the refused rows of the first and queues the others. Returns whether it reported any. */
    boolean reportRefusedAndTakeBack() {
        AppendAnswer answer = firstAnswer();
        // The indexes refer to rows of the first append, which come first.
        return report(ledger.takeBack(), answer);
    }

    private boolean report(List<Row> rows, AppendAnswer answer) {
        List<Row> others = reports.report(rows, answer.refusedRows());
        waiting.putBack(others);
        return others.size() < rows.size();
    }

    boolean hasReports() {
        return !reports.isEmpty();
    }

    /** Removes the reports that are done; a failed one throws its exception. */
    void settleReports() {
        reports.settle();
    }

    /** Queues the rows of all appends again. */
    void takeAllBack() {
        waiting.putBack(ledger.takeBack());
    }

    /** Queues the rows of all appends that are not known to be written, and returns their number. */
    int takeBackUnsettled() {
        List<Row> unsettled = new ArrayList<>();
        for (AppendLedger.Entry entry : ledger.all()) {
            if (entry.fate() == AppendAnswer.Fate.WRITTEN) {
                context.events().acknowledged(entry.rows().size());
            } else {
                unsettled.addAll(entry.rows());
            }
        }
        ledger.takeBack();
        waiting.putBack(unsettled);
        return unsettled.size();
    }

    /** Whether a connection was opened and not closed by this side. */
    boolean isConnected() {
        return connection.exists();
    }

    void disconnect() {
        connection.close();
    }

    private AppendLedger.Entry first() {
        AppendLedger.@Nullable Entry first = ledger.first();
        if (first == null) {
            throw new IllegalStateException("no append is in flight");
        }
        return first;
    }
}
