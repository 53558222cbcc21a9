package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users delete rows of the table, and the sink starts again. */
final class DeletedRowsIT {

    private static final String NUMBER_OF_ROWS = "SELECT COUNT(*) FROM catalog.products_raw";

    private final LocalSink sink;
    private final LocalDataset dataset;

    DeletedRowsIT(@TempDir Path folder) {
        sink = new LocalSink(folder);
        dataset = sink.dataset;
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM catalog.products_raw WHERE _kafka_offset = 42",
                "DELETE FROM catalog.products_raw WHERE _kafka_offset >= 80",
                "TRUNCATE TABLE catalog.products_raw",
                "ALTER TABLE catalog.products_raw SET OPTIONS (partition_expiration_days = 1)"
            })
    void sinkContinuesAfterTheLastRowAlthoughRowsWereDeleted(String deletion) {
        sink.putUntilSettled(sink.start(LocalSink.RAW), LocalSink.records(0, 100));
        dataset.change(deletion);
        long left = dataset.number(NUMBER_OF_ROWS);
        // The next rows are as old as those that expired.
        dataset.change("ALTER TABLE catalog.products_raw SET OPTIONS (partition_expiration_days = 36500)");
        sink.putUntilSettled(sink.start(LocalSink.RAW), LocalSink.records(70, 130));

        assertThat(left).isLessThan(100);
        assertThat(dataset.number("SELECT base_offset FROM catalog._catalog_connect_streams"))
                .isEqualTo(99);
        assertThat(dataset.number(NUMBER_OF_ROWS + " WHERE _kafka_offset < 100"))
                .isEqualTo(left);
        assertThat(dataset.number(
                        "SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw WHERE _kafka_offset >= 100"))
                .isEqualTo(30);
        assertThat(dataset.number(NUMBER_OF_ROWS)).isEqualTo(left + 30);
    }

    /** Builds from before checkpoints stored none. */
    @Test
    void streamOfAnEarlierVersionIsContinued() {
        sink.putUntilSettled(sink.start(LocalSink.RAW), LocalSink.records(0, 100));
        dataset.change("DROP TABLE catalog._catalog_connect_streams_checkpoints");
        sink.putUntilSettled(sink.start(LocalSink.RAW), LocalSink.records(70, 130));
        sink.putUntilSettled(sink.start(LocalSink.RAW), LocalSink.records(120, 140));

        assertThat(dataset.number(NUMBER_OF_ROWS)).isEqualTo(140);
        assertThat(dataset.number("SELECT COUNT(DISTINCT _kafka_offset) FROM catalog.products_raw"))
                .isEqualTo(140);
    }
}
