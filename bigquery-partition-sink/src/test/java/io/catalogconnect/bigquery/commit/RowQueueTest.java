package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.range;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which rows an append takes, and when an append is worth sending. */
final class RowQueueTest {

    private static final WriterSettings.Appends LIMITS =
            new WriterSettings.Appends(3, 100, 4, 3, Duration.ofMillis(20), Duration.ofSeconds(5));

    private final RowFormat format = new RowFormat("t", DescriptorProto.getDefaultInstance());
    private final RowQueue queue = new RowQueue();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4 4 4 | 10 | 100 | 3 | 0
            4 4 4 | 3  | 100 | 3 | 0
            4 4 4 | 2  | 100 | 2 | 4
            4 4 4 | 10 | 12  | 3 | 0
            4 4 4 | 10 | 11  | 2 | 4
            4 4 4 | 10 | 8   | 2 | 4
            4 9   | 10 | 8   | 1 | 9
            9 4   | 10 | 8   | 1 | 4
            9 9   | 1  | 8   | 1 | 9
            """)
    void appendKeepsTheLimitsUnlessItsOnlyRowIsLarger(
            String sizes, int maxRows, long maxBytes, int taken, long bytesLeft) {
        List<Integer> each = Stream.of(sizes.split(" ")).map(Integer::valueOf).toList();
        for (int i = 0; i < each.size(); i++) {
            queue.addLast(row(i, each.get(i)), 0);
        }

        assertThat(queue.take(maxRows, maxBytes)).extracting(Row::offset).containsExactlyElementsOf(range(0, taken));
        assertThat(queue.bytes()).isEqualTo(bytesLeft);
        assertThat(offsets()).containsExactlyElementsOf(range(taken, each.size()));
    }

    @Test
    void appendEndsBeforeARowOfAnotherFormat() {
        RowFormat other = new RowFormat("t", DescriptorProto.getDefaultInstance());
        add(0, 2, 4);
        queue.addLast(new Row(2, Row.NO_TIMESTAMP, other, ByteString.copyFromUtf8("abc"), null), 0);
        add(3, 4, 4);

        assertThat(queue.take(10, 100)).extracting(Row::offset).containsExactly(0L, 1L);
        assertThat(queue.take(10, 100)).extracting(Row::offset).containsExactly(2L);
        assertThat(queue.take(10, 100)).extracting(Row::offset).containsExactly(3L);
        assertThat(queue.take(10, 100)).isEmpty();
        assertThat(queue.bytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing waits                       | 0 | 0   | true  | 50 | false
            no append is in flight              | 1 | 10  | true  | 0  | true
            another row may still fit           | 2 | 10  | false | 0  | false
            an append is full of rows           | 3 | 10  | false | 0  | true
            an append is almost full of bytes   | 1 | 99  | false | 0  | false
            an append is full of bytes          | 1 | 100 | false | 0  | true
            the linger time is almost over      | 1 | 10  | false | 19 | false
            the linger time is over             | 1 | 10  | false | 20 | true
            """)
    void appendIsSentIfNoneIsInFlightOrItIsFullOrALingerTimeOld(
            String state, int rows, int bytesOfEach, boolean idle, long age, boolean sent) {
        add(0, rows, bytesOfEach);

        assertThat(queue.worthSending(LIMITS, idle, age)).as(state).isEqualTo(sent);
    }

    @Test
    void lingerTimeBeginsWithTheFirstWaitingRow() {
        queue.addLast(row(0, 4), 100);
        queue.addLast(row(1, 4), 115);
        assertThat(queue.worthSending(LIMITS, false, 119)).isFalse();
        assertThat(queue.worthSending(LIMITS, false, 120)).isTrue();

        queue.take(10, 100);
        queue.addLast(row(2, 4), 200);
        assertThat(queue.worthSending(LIMITS, false, 219)).isFalse();
        assertThat(queue.worthSending(LIMITS, false, 220)).isTrue();
    }

    @Test
    void rowsThatAreTakenBackAreTheFirstAgain() {
        add(0, 5, 4);
        queue.putBack(queue.take(3, 100));

        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(queue.bytes()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"4, 0, 12", "5, 1, 8", "6, 2, 4", "7, 3, 0"})
    void rowsUpToAnOffsetAreDropped(long upTo, int dropped, long bytesLeft) {
        add(5, 8, 4);

        assertThat(queue.dropUpTo(upTo)).isEqualTo(dropped);
        assertThat(queue.bytes()).isEqualTo(bytesLeft);
        assertThat(offsets()).containsExactlyElementsOf(range(5 + dropped, 8));
    }

    @Test
    void firstRowsStay() {
        add(0, 3, 4);

        assertThat(queue.first(2)).extracting(Row::offset).containsExactly(0L, 1L);
        assertThat(offsets()).containsExactly(0L, 1L, 2L);
    }

    private void add(long from, long to, int bytes) {
        for (long offset = from; offset < to; offset++) {
            queue.addLast(row(offset, bytes), 0);
        }
    }

    private Row row(long offset, int bytes) {
        return new Row(offset, Row.NO_TIMESTAMP, format, ByteString.copyFrom(new byte[bytes]), null);
    }

    private List<Long> offsets() {
        return queue.first(100).stream().map(Row::offset).toList();
    }
}
