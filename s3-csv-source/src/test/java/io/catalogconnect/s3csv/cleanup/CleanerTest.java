package io.catalogconnect.s3csv.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.MemoryStore;
import io.catalogconnect.s3csv.assign.ChangedPolicy;
import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.assign.ObjectOrder;
import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectKeyPattern;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.PrefixTemplate;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CleanerTest {

    private final MemoryStore store = new MemoryStore(2);
    private final Map<SourcePartition, SourceOffset> committed = new HashMap<>();
    private final Disposal disposal = new Disposal();
    private final Cleaner cleaner = new Cleaner(
            store,
            new DiscoveryPlan(
                    MemoryStore.BUCKET,
                    PrefixTemplate.of("in/"),
                    0,
                    Pattern.compile(".*\\.csv"),
                    false,
                    ObjectKeyPattern.of(null),
                    Duration.ZERO,
                    ObjectOrder.KEY,
                    ChangedPolicy.REDELIVER,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    null),
            partitions -> {
                Map<SourcePartition, SourceOffset> found = new HashMap<>(committed);
                found.keySet().retainAll(partitions);
                return found;
            },
            disposal,
            Clock.fixed(Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC));

    /** Notes what it is given, and does as it is told. */
    private final class Disposal implements ObjectDisposal {

        private final List<String> keys = new ArrayList<>();
        private boolean moves = true;
        private boolean gone;
        private @Nullable StoreException refusal;

        @Override
        public boolean dispose(ObjectRef object) throws StoreException {
            if (refusal != null) {
                throw refusal;
            }
            keys.add(object.key());
            if (moves) {
                store.delete(object.key());
            }
            return !gone;
        }

        @Override
        public void close() {
            throw new IllegalStateException("A cleaner closes nothing");
        }
    }

    @Test
    void onlyTheVersionWhoseEndIsCommittedIsPutAway() throws StoreException {
        commit(store.put("in/done.csv", "x"), SourceOffset.State.DONE);
        commit(store.put("in/open.csv", "x"), SourceOffset.State.OPEN);
        commit(store.put("in/overwritten.csv", "x"), SourceOffset.State.DONE);
        store.put("in/overwritten.csv", "y");
        store.put("in/unread.csv", "x");
        commit(store.put("in/other.txt", "x"), SourceOffset.State.DONE);
        commit(store.put("elsewhere/done.csv", "x"), SourceOffset.State.DONE);

        assertThat(cleaner.pass(() -> false)).isEqualTo(1);
        assertThat(cleaner.pass(() -> false)).isZero();

        assertThat(disposal.keys).containsExactly("in/done.csv");
    }

    @Test
    void objectThatCannotBeMovedIsTriedOncePerVersion() throws StoreException {
        disposal.moves = false;
        commit(store.put("in/a.csv", "x"), SourceOffset.State.DONE);
        assertThat(cleaner.pass(() -> false)).isEqualTo(1);
        assertThat(cleaner.pass(() -> false)).isZero();
        commit(store.put("in/a.csv", "y"), SourceOffset.State.DONE);

        assertThat(cleaner.pass(() -> false)).isEqualTo(1);
        assertThat(disposal.keys).containsExactly("in/a.csv", "in/a.csv");
    }

    @Test
    void deletedVersionDoesNotCount() throws StoreException {
        disposal.gone = true;
        commit(store.put("in/a.csv", "x"), SourceOffset.State.DONE);

        assertThat(cleaner.pass(() -> false)).isZero();
    }

    @Test
    void passEndsBetweenTwoObjects() throws StoreException {
        for (int i = 0; i < 5; i++) {
            commit(store.put("in/" + i + ".csv", "x"), SourceOffset.State.DONE);
        }

        assertThat(cleaner.pass(() -> disposal.keys.size() == 3)).isEqualTo(3);
        assertThat(disposal.keys).hasSize(3);
        assertThat(cleaner.pass(() -> false)).isEqualTo(2);
    }

    @Test
    void refusedCleanUpIsRetriedInTheNextPass() throws StoreException {
        commit(store.put("in/a.csv", "x"), SourceOffset.State.DONE);
        disposal.refusal = new StoreException("You may not", null);
        assertThatThrownBy(() -> cleaner.pass(() -> false))
                .isInstanceOf(StoreException.class)
                .hasMessage("You may not");
        disposal.refusal = null;

        assertThat(cleaner.pass(() -> false)).isEqualTo(1);
    }

    private void commit(ObjectRef object, SourceOffset.State state) {
        committed.put(SourcePartition.of(object), SourceOffset.start(object).at(1, 0, 0, null, state));
    }
}
