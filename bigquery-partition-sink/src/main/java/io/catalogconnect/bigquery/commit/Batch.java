package io.catalogconnect.bigquery.commit;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects calls for different keys and makes them together. The first one waits a short time for others. While a call is
 * running, the next ones collect, and while more are expected, they wait longer. So the number of calls does not grow with
 * the number of keys. Thread-safe.
 *
 * @param <K> identifies what a call is about; a call that waits is replaced by a later one for the same key
 * @param <I> input of a call
 * @param <O> its result
 */
public final class Batch<K, I, O> {

    /** Maximum number of calls that are made together: a statement may have 10 MB. */
    static final int MAX_SIZE = 1_000;

    private static final Duration COLLECTING = Duration.ofMillis(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Runs work later. It must not run it on the calling thread. */
    @FunctionalInterface
    public interface Timer {
        void after(Duration delay, Runnable work);
    }

    /**
     * When calls are made.
     *
     * @param timer delays calls
     * @param moreExpected whether calls that are not urgent should wait, because others will follow
     * @param patience how long they wait at most
     * @param timeout after which a call without an answer counts as lost
     */
    public record Timing(Timer timer, BooleanSupplier moreExpected, Duration patience, Duration timeout) {

        /** Calls never wait longer than it takes to collect those that are made at the same time. */
        public static Timing of(Timer timer, Duration timeout) {
            return new Timing(timer, () -> false, Duration.ZERO, timeout);
        }
    }

    private record Waiting<I, O>(I input, CompletableFuture<O> answer) {}

    private final Function<Map<K, I>, CompletableFuture<Map<K, O>>> calls;
    private final Timing timing;
    private final Map<K, Waiting<I, O>> waiting = new LinkedHashMap<>();
    private boolean isScheduled;
    private boolean isCalling;
    private Duration waited = Duration.ZERO;

    /** @param calls makes the calls, and answers with a result for each key */
    public Batch(Timing timing, Function<Map<K, I>, CompletableFuture<Map<K, O>>> calls) {
        this.timing = timing;
        this.calls = calls;
    }

    /**
     * Adds a call. Nothing is sent for it if its future is cancelled before. The future fails with
     * {@link ServiceUnavailableException} if a later call for the same key replaces it before it is sent.
     */
    public CompletableFuture<O> add(K key, I input) {
        CompletableFuture<O> answer = new CompletableFuture<>();
        Waiting<I, O> replaced;
        synchronized (this) {
            replaced = waiting.put(key, new Waiting<>(input, answer));
            schedule(COLLECTING);
        }
        if (replaced != null) {
            replaced.answer()
                    .completeExceptionally(new ServiceUnavailableException(key + ": replaced by a later call", null));
        }
        return answer;
    }

    private synchronized void schedule(Duration delay) {
        if (!isScheduled && !isCalling) {
            isScheduled = true;
            timing.timer().after(delay, this::send);
        }
    }

    private void send() {
        Map<K, Waiting<I, O>> sent;
        synchronized (this) {
            isScheduled = false;
            waiting.values().removeIf(each -> each.answer().isDone());
            if (waiting.isEmpty()) {
                return;
            }
            if (timing.moreExpected().getAsBoolean()
                    && waited.compareTo(timing.patience()) < 0
                    && waiting.size() < MAX_SIZE) {
                waited = waited.plus(PAUSE);
                schedule(PAUSE);
                return;
            }
            waited = Duration.ZERO;
            isCalling = true;
            sent = takeFirst();
        }
        call(sent);
    }

    private Map<K, Waiting<I, O>> takeFirst() {
        Map<K, Waiting<I, O>> first = new LinkedHashMap<>();
        Iterator<Map.Entry<K, Waiting<I, O>>> rest = waiting.entrySet().iterator();
        while (rest.hasNext() && first.size() < MAX_SIZE) {
            Map.Entry<K, Waiting<I, O>> next = rest.next();
            first.put(next.getKey(), next.getValue());
            rest.remove();
        }
        return first;
    }

    private void call(Map<K, Waiting<I, O>> sent) {
        Map<K, I> inputs = new LinkedHashMap<>();
        sent.forEach((key, each) -> inputs.put(key, each.input()));
        CompletableFuture<Map<K, O>> call = new CompletableFuture<>();
        // The timer lasts much longer than most calls, and must not retain their answers.
        AtomicReference<@Nullable CompletableFuture<Map<K, O>>> unanswered = new AtomicReference<>(call);
        var unusedToo = call.whenComplete((answers, failure) -> {
            unanswered.set(null);
            end();
            sent.forEach((key, each) -> answer(each.answer(), answers == null ? null : answers.get(key), failure));
        });
        timing.timer().after(timing.timeout(), () -> {
            CompletableFuture<Map<K, O>> lost = unanswered.get();
            if (lost != null) {
                lost.completeExceptionally(new ServiceUnavailableException(
                        "no answer in " + timing.timeout().toMillis() + " ms", null));
            }
        });
        try {
            var unused = calls.apply(inputs).whenComplete((answers, failure) -> {
                if (failure == null) {
                    call.complete(answers);
                } else {
                    call.completeExceptionally(
                            failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                    ? wrapped.getCause()
                                    : failure);
                }
            });
        } catch (RuntimeException e) {
            call.completeExceptionally(e);
        }
    }

    private synchronized void end() {
        isCalling = false;
        if (!waiting.isEmpty()) {
            schedule(COLLECTING);
        }
    }

    private static <O> void answer(CompletableFuture<O> waiting, @Nullable O result, @Nullable Throwable failure) {
        if (result != null) {
            waiting.complete(result);
        } else {
            waiting.completeExceptionally(
                    failure != null ? failure : new ServiceUnavailableException("no result", null));
        }
    }
}
