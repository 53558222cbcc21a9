package io.catalogconnect.s3csv.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReadAheadStoreTest {

    private static final long LARGE = 1024 * 1024 + 1;

    private final ObjectRef a = object("a", 10);
    private final ObjectRef b = object("b", 10);
    private final ObjectRef c = object("c", 10);
    private final ObjectRef d = object("d", 10);
    private final RecordingStore bucket = new RecordingStore();
    private final WaitingTasks threads = new WaitingTasks();
    private final ReadAheadStore store = new ReadAheadStore(bucket, threads, 2);

    @Test
    void nextObjectsAreOpenedEarlyUpToTheLimitAndOnlyOnce() throws IOException {
        store.expect(a, List.of(b, c, d));
        assertThat(bucket.events).isEmpty();
        threads.run();
        assertThat(bucket.events).containsExactly("open b@0", "open c@0");

        assertThat(text(store.open(a, 0))).isEqualTo("a@0");
        store.expect(b, List.of(c, d));
        assertThat(text(store.open(b, 0))).isEqualTo("b@0");
        threads.run();
        assertThat(bucket.events).containsExactly("open b@0", "open c@0", "open a@0", "open d@0");
    }

    @Test
    void objectThatWasOpenedEarlyIsOpenedAgainTheSecondTime() throws IOException {
        store.expect(a, List.of(b));
        threads.run();
        store.open(b, 0);

        assertThat(text(store.open(b, 4))).isEqualTo("b@4");
        assertThat(text(store.open(b, 0))).isEqualTo("b@0");
        assertThat(bucket.events).containsExactly("open b@0", "open b@4", "open b@0");
    }

    @Test
    void failureOfAnEarlyOpeningIsThrownWhenTheObjectIsOpenedAndNotAgain() throws IOException {
        bucket.failure = new TransientStoreException("503 Slow Down", null);
        store.expect(a, List.of(b));
        threads.run();
        bucket.failure = null;

        assertThatThrownBy(() -> store.open(b, 0))
                .isInstanceOf(TransientStoreException.class)
                .hasMessage("503 Slow Down");
        assertThat(text(store.open(b, 0))).isEqualTo("b@0");
    }

    @Test
    void nothingIsOpenedEarlyAfterALargeObject() {
        ObjectRef large = object("large", LARGE);
        store.expect(large, List.of(a));
        threads.run();
        assertThat(bucket.events).isEmpty();

        store.expect(a, List.of(large, b));
        threads.run();
        assertThat(bucket.events).containsExactly("open large@0");
    }

    @Test
    void objectThatIsNoLongerExpectedIsClosed() {
        store.expect(a, List.of(b, c));
        threads.run();
        store.expect(b, List.of(d));
        threads.run();
        assertThat(bucket.events).containsExactly("open b@0", "open c@0", "close c@0", "open d@0");
    }

    @Test
    void anotherVersionOfAnObjectIsOpenedSeparately() throws IOException {
        ObjectRef newer = new ObjectRef("catalog", "b", "other", 10, Instant.EPOCH);
        store.expect(a, List.of(b));
        threads.run();
        assertThat(text(store.open(newer, 0))).isEqualTo("b@0");
        assertThat(bucket.events).containsExactly("open b@0", "open b@0");
    }

    @Test
    void closingClosesWhatWasOpenedEarlyAlsoIfItIsOpenedLater() {
        store.expect(a, List.of(b, c));
        threads.runOne();
        store.close();
        threads.run();
        assertThat(bucket.events).containsExactly("open b@0", "close b@0", "close", "open c@0", "close c@0");

        store.expect(a, List.of(d));
        assertThat(threads.waiting).isEmpty();
    }

    private static ObjectRef object(String key, long size) {
        return new ObjectRef("catalog", key, "etag", size, Instant.EPOCH);
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), UTF_8);
    }

    /** Records what is asked of it. The content of an object is its key and the position. */
    private static final class RecordingStore implements ObjectStore {

        private final List<String> events = new ArrayList<>();
        private @Nullable StoreException failure;

        @Override
        public Page list(String prefix, @Nullable String continuation) {
            return new Page(List.of(), null);
        }

        @Override
        public InputStream open(ObjectRef object, long from) throws StoreException {
            if (failure != null) {
                throw failure;
            }
            String name = object.key() + "@" + from;
            events.add("open " + name);
            return new ByteArrayInputStream(name.getBytes(UTF_8)) {
                @Override
                public void close() {
                    events.add("close " + name);
                }
            };
        }

        @Override
        public void close() {
            events.add("close");
        }
    }

    /** Runs tasks when the test says so. */
    private static final class WaitingTasks extends AbstractExecutorService {

        private final List<Runnable> waiting = new ArrayList<>();
        private boolean isShutdown;

        private void runOne() {
            waiting.remove(0).run();
        }

        private void run() {
            while (!waiting.isEmpty()) {
                runOne();
            }
        }

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
        }

        @Override
        public void shutdown() {
            isShutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            throw new UnsupportedOperationException("A task that is dropped never completes its future");
        }

        @Override
        public boolean isShutdown() {
            return isShutdown;
        }

        @Override
        public boolean isTerminated() {
            return isShutdown && waiting.isEmpty();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isTerminated();
        }
    }
}
