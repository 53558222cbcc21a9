package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** What the tests of whole deliveries wait for and look at. */
final class Arrival {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Arrival() {}

    /** Waits until the source has committed the given number of rows. */
    static void awaitRowsRead(Delivery delivery, long rows) throws InterruptedException, ExecutionException {
        Wait patience = Wait.upTo(PATIENCE);
        Progress progress = delivery.look();
        while (progress.rowsRead() < rows) {
            assertThat(patience.isOver()).as("still reading: " + progress).isFalse();
            patience.pause();
            progress = delivery.look();
        }
    }

    /** Waits until everything is in BigQuery. */
    static Progress await(Delivery delivery) throws InterruptedException, ExecutionException {
        Wait patience = Wait.upTo(PATIENCE);
        Progress progress = delivery.look();
        while (!progress.arrived()) {
            assertThat(patience.isOver()).as("still on the way: " + progress).isFalse();
            patience.pause();
            progress = delivery.look();
        }
        return progress;
    }

    /** Counts the rows of {@code products_raw} by where in Kafka and by where in S3 they come from. */
    static void assertEachRowOnce(LocalStack stack, long rows) throws InterruptedException {
        FieldValueList counts = stack.dataset()
                .query("SELECT COUNT(*) AS n,"
                        + " (SELECT COUNT(*) FROM (SELECT DISTINCT _kafka_partition, _kafka_offset FROM products_raw)) AS by_offset,"
                        + " (SELECT COUNT(*) FROM (SELECT DISTINCT _s3_key, _csv_row FROM products_raw)) AS by_row"
                        + " FROM products_raw")
                .iterateAll()
                .iterator()
                .next();
        assertThat(counts.get("n").getLongValue()).as("rows").isEqualTo(rows);
        assertThat(counts.get("by_offset").getLongValue())
                .as("distinct by Kafka offset")
                .isEqualTo(rows);
        assertThat(counts.get("by_row").getLongValue())
                .as("distinct by object and row")
                .isEqualTo(rows);
    }
}
