package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.Delivery.Share;
import io.catalogconnect.localstack.ObjectOffset;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.testkit.MovableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What progress looks like on a terminal and elsewhere. */
final class ProgressLineTest {
    private static final String REPLACE = "\r\u001B[K";
    private static final String NEWLINE = System.lineSeparator();
    private static final long MB = 1_000_000;

    private final MovableClock clock = new MovableClock();
    private final StringWriter err = new StringWriter();

    @Test
    void outsideOfATerminalEveryChangeIsALineWithoutEscapeCodes() {
        ProgressLine line = line(0);
        line.step("Waiting");
        line.delivery(reading(7, 1));
        line.delivery(reading(7, 2));
        clock.advance(Duration.ofSeconds(12));
        line.delivery(reading(8, 3));
        line.reading(new Share(MB, 2 * MB), 5);
        line.finishLine();
        assertThat(err.toString().lines())
                .containsExactly(
                        "[  0 s] Waiting",
                        "[  0 s] rows read 7 (files 0 of 1), in BigQuery products_raw 1000",
                        "[ 12 s] rows read 8 (files 0 of 1), in BigQuery products_raw 1000");
    }

    @Test
    void onATerminalOneLineShowsBytesRowsTimeLeftAndRate() {
        ProgressLine line = line(100);
        line.delivery(reading(0, 0));
        assertThat(shown()).isEqualTo("[  0 s] Read [----------] 0%, 0/400 MB, 0 rows");

        clock.advance(Duration.ofSeconds(2));
        line.delivery(reading(20_000, 20));
        assertThat(shown()).as("no rate after 2 s").isEqualTo("[  2 s] Read [----------] 5%, 20/400 MB, 20,000 rows");

        clock.advance(Duration.ofSeconds(8));
        line.delivery(reading(100_000, 100));
        assertThat(shown())
                .isEqualTo("[ 10 s] Read [##--------] 25%, 100/400 MB, 100,000 rows, 30 s left, 10,000 rows/s");
    }

    @Test
    void afterReadingTheWritingIsShown() {
        ProgressLine line = line(100);
        line.delivery(reading(100_000, 399));
        line.delivery(writing(50_000, 200_000));
        clock.advance(Duration.ofSeconds(5));
        line.delivery(writing(100_000, 200_000));
        assertThat(shown()).isEqualTo("[  5 s] Write [#####-----] 50%, 100,000 rows read, 10 s left, 10,000 records/s");
        clock.advance(Duration.ofSeconds(10));
        line.delivery(writing(200_000, 200_000));
        assertThat(shown()).isEqualTo("[ 15 s] Write [##########] 100%, 100,000 rows read, 10,000 records/s");
        line.finishLine();
        line.step("Stopping");
        assertThat(err.toString()).endsWith("records/s" + NEWLINE + "[ 15 s] Stopping" + NEWLINE);
    }

    @Test
    void lineIsShorterThanTheTerminalIsWide() {
        for (int columns : new int[] {40, 60, 80, 81, 82, 83, 200}) {
            err.getBuffer().setLength(0);
            ProgressLine line = line(columns);
            line.delivery(reading(0, 0));
            clock.advance(Duration.ofSeconds(10));
            line.delivery(reading(100_000, 100));
            assertThat(shown().length()).as(columns + " columns").isLessThan(columns);
        }
        assertThat(shown()).endsWith("30 s left, 10,000 rows/s");
    }

    @Test
    void stalledDeliveryHasNoTimeLeft() {
        ProgressLine line = line(100);
        line.delivery(reading(1000, 1));
        clock.advance(Duration.ofSeconds(60));
        line.delivery(reading(1001, 1));
        assertThat(shown()).isEqualTo("[ 60 s] Read [----------] 0%, 1/400 MB, 1,001 rows");
    }

    @Test
    void longWaitsAreInMinutesAndHours() {
        ProgressMeter meter = new ProgressMeter(clock);
        meter.update(new Share(0, 1000));
        clock.advance(Duration.ofSeconds(10));
        meter.update(new Share(10, 109));
        assertThat(meter.left()).contains("99 s left");
        meter.update(new Share(10, 1000));
        assertThat(meter.left()).contains("17 min left");
        meter.update(new Share(10, 7210));
        assertThat(meter.left()).contains("2 h 0 min left");
    }

    @Test
    void runningStackShowsFilesThatAreReadAndThoseThatHaveBeenRead() {
        ReadFiles files = new ReadFiles(line(100));
        ObjectOffset old = new ObjectOffset("s3://catalog/old.csv", "a", 9, 9, 1, 0, true);
        files.show(List.of(old));
        assertThat(err.toString()).isEmpty();

        files.show(List.of(old, new ObjectOffset("s3://catalog/new.csv", "b", 3 * MB, 4 * MB, 30, 0, false)));
        assertThat(shown()).isEqualTo("[  0 s] Read [#######---] 75%, 3/4 MB, 30 rows");

        files.show(List.of(old, new ObjectOffset("s3://catalog/new.csv", "b", 4 * MB, 4 * MB, 40, 0, true)));
        files.show(List.of(old, new ObjectOffset("s3://catalog/new.csv", "b", 4 * MB, 4 * MB, 40, 0, true)));
        assertThat(err.toString())
                .endsWith("30 rows" + NEWLINE + "[  0 s] Read s3://catalog/new.csv, 40 rows" + NEWLINE);
    }

    private ProgressLine line(int columns) {
        return new ProgressLine(new PrintWriter(err, true), new ProgressLine.Terminal(columns), clock);
    }

    /** What the terminal shows in its last line. */
    private String shown() {
        String all = err.toString();
        return all.substring(all.lastIndexOf(REPLACE) + REPLACE.length());
    }

    private static Progress reading(long rows, long megabytes) {
        return new Progress(
                0,
                1,
                rows,
                Map.of(),
                new Share(megabytes * MB, 400 * MB),
                new Share(0, 0),
                Map.of("products_raw", new TableSize(1000, 1)),
                false);
    }

    private static Progress writing(long written, long records) {
        return new Progress(
                1, 1, 100_000, Map.of(), new Share(400 * MB, 400 * MB), new Share(written, records), Map.of(), false);
    }
}
