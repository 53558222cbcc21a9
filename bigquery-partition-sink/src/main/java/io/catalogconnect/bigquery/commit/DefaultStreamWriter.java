package io.catalogconnect.bigquery.commit;

import io.catalogconnect.bigquery.table.TableMismatchException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one lane at least once, to the table's default stream: without registry, take-over and high-water mark. Rows
 * that may not have been written are sent again and may then be in the table twice.
 */
public final class DefaultStreamWriter extends LaneWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultStreamWriter.class);

    private final String stream;
    private boolean stopped;

    public DefaultStreamWriter(LaneKey lane, WriterContext context) {
        super(lane, new Outbox(lane, context), context);
        this.stream = context.streams().defaultStream(lane.table());
    }

    @Override
    public void advance(long now) {
        if (stopped) {
            return;
        }
        outbox().settleReports();
        settle(now);
        if (mayRetry(now)) {
            outbox().send(stream, now);
            while (reportRefused()) {
                outbox().send(stream, now);
            }
        }
    }

    /**
     * Reports waiting rows that the table refuses, once the earlier reports are done: until then, rows that wait count as
     * unsettled, and the task pauses its topic partitions. Returns whether a later row may be sent now.
     */
    private boolean reportRefused() {
        Optional<TableMismatchException> refusal = outbox().firstRefusal();
        if (refusal.isEmpty() || outbox().hasReports()) {
            return false;
        }
        outbox().reportWaiting(refusal.get());
        outbox().settleReports();
        return true;
    }

    @Override
    public boolean isIdle() {
        return !hasUnsettledRows();
    }

    @Override
    public boolean isWriting() {
        return !stopped && outbox().isConnected();
    }

    @Override
    public void close() {
        stopped = true;
        outbox().disconnect();
    }

    @Override
    String streamName() {
        return "default stream";
    }

    private void settle(long now) {
        while (outbox().firstIsAnswered() || outbox().firstIsOverdue(now)) {
            if (outbox().firstFate() == AppendAnswer.Fate.WRITTEN) {
                outbox().settleFirst();
                resetFailures();
                continue;
            }
            AppendAnswer answer = outbox().firstAnswer();
            switch (answer.remedy()) {
                case REPORT_ROWS -> {
                    if (!outbox().reportRefusedOfFirst()) {
                        throw stop(UNNAMED_ROWS);
                    }
                }
                case STOP -> {
                    if (outbox().firstAppendRefusal().isPresent()) {
                        sendAgain(now, answer); // reports the rows instead
                    } else if (isCheckedBeforeStop(now)) {
                        throw stop(answer.message());
                    }
                    return;
                }
                case AWAIT_SCHEMA -> {
                    checkSchemaTimeout(now, answer);
                    sendAgain(now, answer);
                    return;
                }
                case AWAIT_TABLE -> {
                    checkTableTimeout(now, answer.message());
                    sendAgain(now, answer);
                    return;
                }
                case RESEND, ABANDON_STREAM -> {
                    sendAgain(now, answer);
                    return;
                }
            }
        }
    }

    private void sendAgain(long now, AppendAnswer answer) {
        int rows = outbox().takeBackUnsettled();
        outbox().disconnect();
        long delay = delayRetry(now);
        LOG.warn("{}: default stream: sending {} rows again in {} ms: {}", lane(), rows, delay, answer.message());
    }
}
