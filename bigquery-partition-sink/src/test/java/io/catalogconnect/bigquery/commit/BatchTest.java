package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests which calls are made together, and when. */
final class BatchTest {

    private record Due(Duration delay, Runnable work) {}

    private final List<Due> timers = new ArrayList<>();
    private final List<Map<String, Integer>> calls = new ArrayList<>();
    private final List<CompletableFuture<Map<String, Integer>>> answers = new ArrayList<>();
    private boolean moreExpected;
    private @Nullable RuntimeException thrown;
    private final Batch<String, Integer, Integer> batch = new Batch<>(
            new Batch.Timing(
                    (delay, work) -> timers.add(new Due(delay, work)),
                    () -> moreExpected,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60)),
            inputs -> {
                calls.add(inputs);
                if (thrown != null) {
                    throw thrown;
                }
                CompletableFuture<Map<String, Integer>> answer = new CompletableFuture<>();
                answers.add(answer);
                return answer;
            });

    @Test
    void callsThatAreMadeAtTheSameTimeAreOne() {
        CompletableFuture<Integer> a = batch.add("a", 1);
        CompletableFuture<Integer> b = batch.add("b", 2);
        assertThat(calls).isEmpty();
        runTimers();
        answers.get(0).complete(Map.of("a", 10, "b", 20));

        assertThat(calls).containsExactly(Map.of("a", 1, "b", 2));
        assertThat(a).isCompletedWithValue(10);
        assertThat(b).isCompletedWithValue(20);
    }

    @Test
    void callsThatArriveWhileOneIsRunningAreTheNextOne() {
        add("a", 1);
        runTimers();
        add("b", 2);
        add("c", 3);
        runTimers();
        assertThat(calls).hasSize(1);
        answers.get(0).complete(Map.of("a", 10));
        runTimers();

        assertThat(calls).containsExactly(Map.of("a", 1), Map.of("b", 2, "c", 3));
    }

    @Test
    void callWaitsForOthersThatAreExpectedUpToItsPatience() {
        moreExpected = true;
        add("a", 1);
        for (int i = 0; i < 10; i++) {
            runTimers();
        }
        assertThat(calls).isEmpty();
        runTimers();
        assertThat(calls).hasSize(1);
        answers.get(0).complete(Map.of("a", 10));

        add("b", 2);
        runTimers();
        assertThat(calls).hasSize(1);
        moreExpected = false;
        runTimers();
        assertThat(calls).hasSize(2);
    }

    @Test
    void cancelledCallIsNotSent() {
        CompletableFuture<Integer> a = batch.add("a", 1);
        a.cancel(false);
        runTimers();
        assertThat(calls).isEmpty();

        CompletableFuture<Integer> b = batch.add("b", 2);
        add("c", 3);
        b.cancel(false);
        runTimers();
        assertThat(calls).containsExactly(Map.of("c", 3));
    }

    @Test
    void laterCallForTheSameKeyReplacesTheOneThatWaits() {
        CompletableFuture<Integer> first = batch.add("a", 1);
        CompletableFuture<Integer> second = batch.add("a", 2);
        runTimers();
        answers.get(0).complete(Map.of("a", 20));

        assertThatThrownBy(first::join)
                .cause()
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessage("a: replaced by a later call");
        assertThat(second).isCompletedWithValue(20);
        assertThat(calls).containsExactly(Map.of("a", 2));
    }

    @Test
    void failureIsThatOfEachCallAndTheNextOnesAreMade() {
        ServiceUnavailableException failure = new ServiceUnavailableException("UNAVAILABLE", null);
        CompletableFuture<Integer> a = batch.add("a", 1);
        CompletableFuture<Integer> b = batch.add("b", 2);
        runTimers();
        add("c", 3);
        answers.get(0).completeExceptionally(failure);
        runTimers();

        assertThat(a.handle((result, cause) -> cause).join()).isSameAs(failure);
        assertThat(b.handle((result, cause) -> cause).join()).isSameAs(failure);
        assertThat(calls).hasSize(2);
    }

    @Test
    void failureIsReportedWithoutItsWrapper() {
        ServiceUnavailableException failure = new ServiceUnavailableException("UNAVAILABLE", null);
        CompletableFuture<Integer> a = batch.add("a", 1);
        runTimers();
        answers.get(0).completeExceptionally(new CompletionException(failure));

        assertThat(a.handle((result, cause) -> cause).join()).isSameAs(failure);
    }

    @Test
    void exceptionThatACallThrowsIsItsFailureAndTheNextOnesAreMade() {
        thrown = new IllegalStateException("closed");
        CompletableFuture<Integer> a = batch.add("a", 1);
        runTimers();
        assertThat(a.handle((result, cause) -> cause).join()).isSameAs(thrown);

        thrown = null;
        add("b", 2);
        runTimers();
        assertThat(calls).containsExactly(Map.of("a", 1), Map.of("b", 2));
    }

    @Test
    void callsWaitTenMillisecondsAndLongerWhileMoreAreExpected() {
        moreExpected = true;
        add("a", 1);
        add("b", 2);
        assertThat(timers).extracting(Due::delay).containsExactly(Duration.ofMillis(10));

        runTimers();
        add("c", 3);
        assertThat(timers).extracting(Due::delay).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void nothingIsTimedAfterTheLastCall() {
        add("a", 1);
        runTimers();
        answers.get(0).complete(Map.of("a", 10));

        assertThat(timers).extracting(Due::delay).as("its time-out").containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void fullCallDoesNotWaitForOthersThatAreExpected() {
        moreExpected = true;
        IntStream.range(0, Batch.MAX_SIZE - 1).forEach(i -> add("key " + i, i));
        runTimers();
        assertThat(calls).isEmpty();
        add("last key", 0);
        runTimers();

        assertThat(calls.stream().map(Map::size)).containsExactly(Batch.MAX_SIZE);
    }

    @Test
    void callWithoutAnAnswerIsLostAfterTheTimeout() {
        CompletableFuture<Integer> a = batch.add("a", 1);
        runTimers();
        add("b", 2);
        runTimersOf(Duration.ofSeconds(60));
        runTimers();

        assertThat(a.handle((result, cause) -> cause).join()).hasMessage("no answer in 60000 ms");
        assertThat(calls).containsExactly(Map.of("a", 1), Map.of("b", 2));
    }

    /** The time-out is minutes; it would keep the result of each statement for as long. */
    @Test
    void timeoutOfAnAnsweredCallDoesNotRetainTheAnswer() {
        add("a", 1);
        runTimers();
        WeakReference<Map<String, Integer>> answer = answerOnly(new HashMap<>(Map.of("a", 10)));

        Awaitility.await().until(() -> {
            System.gc();
            return answer.refersTo(null);
        });
        assertThat(timers).extracting(Due::delay).containsExactly(Duration.ofSeconds(60));
        runTimersOf(Duration.ofSeconds(60));
    }

    private WeakReference<Map<String, Integer>> answerOnly(Map<String, Integer> answer) {
        answers.remove(0).complete(answer);
        return new WeakReference<>(answer);
    }

    @Test
    void callWithoutAResultForAKeyFailsForThatKey() {
        CompletableFuture<Integer> a = batch.add("a", 1);
        CompletableFuture<Integer> b = batch.add("b", 2);
        runTimers();
        answers.get(0).complete(Map.of("a", 10));

        assertThat(a).isCompletedWithValue(10);
        assertThat(b.handle((result, cause) -> cause).join()).hasMessage("no result");
    }

    @Test
    void callsOfAThousandKeysAreMadeTogether() {
        IntStream.range(0, 2 * Batch.MAX_SIZE + 1).forEach(i -> add("key " + i, i));
        runTimers();
        Map<String, Integer> first = new HashMap<>(calls.get(0));
        answers.get(0).complete(first);
        runTimers();
        answers.get(1).complete(Map.of());
        runTimers();

        assertThat(calls.stream().map(Map::size)).containsExactly(1_000, 1_000, 1);
    }

    private void add(String key, int input) {
        var unused = batch.add(key, input);
    }

    /** Runs all timers except those of lost calls. */
    private void runTimers() {
        List<Due> due = timers.stream()
                .filter(timer -> timer.delay().compareTo(Duration.ofSeconds(60)) < 0)
                .toList();
        timers.removeAll(due);
        due.forEach(timer -> timer.work().run());
    }

    private void runTimersOf(Duration delay) {
        timers.stream()
                .filter(timer -> timer.delay().equals(delay))
                .toList()
                .forEach(timer -> timer.work().run());
    }
}
