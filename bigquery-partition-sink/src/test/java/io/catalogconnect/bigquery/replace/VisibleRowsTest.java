package io.catalogconnect.bigquery.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.LaneProgress;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.WrittenOffsets;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class VisibleRowsTest {

    private static final LaneKey LANE = new LaneKey("catalog-sink", "products.raw", 0, "products_raw_history");

    /** The offsets of the rows that queries see. */
    private final TreeSet<Long> table = new TreeSet<>();

    private long now = 1;
    private int counts;
    private final VisibleRows rows = new VisibleRows(
            new WrittenOffsets() {
                @Override
                public CompletableFuture<Long> highest(LaneKey lane) {
                    throw new AssertionError("a range is counted");
                }

                @Override
                public CompletableFuture<Long> count(LaneKey lane, long above, long upTo) {
                    counts++;
                    return CompletableFuture.completedFuture(
                            (long) table.subSet(above, false, upTo, true).size());
                }
            },
            Duration.ofSeconds(10),
            () -> now);

    @Test
    void rowsThatArriveDuringACheckDoNotCountAsTheCheckedRows() {
        see(5, 7, 8); // 6 was acknowledged with 5 and is not visible yet; 7 and 8 arrived later
        assertThat(all(4, 6, 2)).isFalse();
        see(6);
        assertThat(all(4, 6, 2)).isTrue();
    }

    @Test
    void rowsThatArrivedDuringACheckAreCountedByTheNextCheck() {
        see(5, 6, 7, 8);
        assertThat(all(4, 6, 2)).isTrue();
        assertThat(all(4, 8, 4)).isTrue();
    }

    @Test
    void visibleRowsAreCountedOnceByEachOwner() {
        see(5, 6);
        assertThat(all(4, 6, 2)).isTrue();
        table.clear();
        assertThat(all(4, 6, 2)).isTrue();
        assertThat(counts).isEqualTo(1);
        see(7);
        assertThat(all(4, 7, 3)).isTrue();
        assertThat(all(7, 8, 1)).as("the next owner's").isFalse();
    }

    @Test
    void rowsThatAreWrittenBetweenTwoChecksForAnEndMarkerAreNotAwaited() {
        see(5);
        assertThat(before(7, 4, 6, 2)).isFalse();
        see(6);
        assertThat(before(7, 4, 9, 4)).as("7 and 8 are not visible").isTrue();
        assertThat(before(10, 4, 9, 4)).as("another end marker").isFalse();
        see(8, 9);
        assertThat(before(10, 4, 12, 7)).isTrue();
    }

    @Test
    void rowsOfAnotherOwnerAreNotAwaitedForAnEndMarker() {
        assertThat(before(7, 4, 6, 2)).isFalse();
        see(5, 6);
        assertThat(before(7, 5, 6, 1)).as("5 was the previous owner's").isTrue();
    }

    @Test
    void rowsThatStayInvisibleForTooLongStopTheTask() {
        see(5);
        assertThat(all(4, 6, 2)).isFalse();
        now += 9_999;
        assertThat(all(4, 6, 2)).isFalse();
        now += 1;
        assertThatThrownBy(() -> all(4, 6, 2))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage(LANE
                        + ": queries see 1 of 2 rows above offset 4 after 10 s. No version is published without its rows. If"
                        + " rows of the history were deleted, restart the task and have the source read the object"
                        + " again.");
    }

    private void see(long... offsets) {
        for (long offset : offsets) {
            table.add(offset);
        }
    }

    private boolean all(long base, long highest, long written) {
        return before(highest + 1, base, highest, written);
    }

    private boolean before(long marker, long base, long highest, long written) {
        return rows.before(marker, new LaneProgress(LANE, base, highest, written))
                .join();
    }
}
