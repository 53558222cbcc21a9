package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.ObjectLog.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the number of statements of {@code write.mode=replace}, on a server with BigQuery's limits and a realistic latency. */
final class ReplaceStatementsIT {

    private static final TopicPartition PARTITION = new TopicPartition("products.raw", 0);

    private final LocalSink sink;
    private final LocalDataset dataset;

    ReplaceStatementsIT(@TempDir Path folder) {
        sink = new LocalSink(folder, Clock.systemUTC(), Duration.ofMillis(200));
        dataset = sink.dataset;
        sink.properties.put("write.mode", "replace");
        sink.properties.put("replace.min.interval.ms", "0");
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            partitions | versions INSERT | publications INSERT | publications UPDATE
            1          | 1               | 1                   | 2
            10         | 3               | 3                   | 8
            """)
    void partitionsThatArePublishedTogetherShareTheirStatements(
            int partitions, long versionInserts, long publicationInserts, long updates) {
        assertStatements(partitions, versionInserts, publicationInserts, updates);
    }

    @Test
    @Tag("soak")
    void hundredPartitionsNeedHardlyMoreStatementsThanTen() {
        assertStatements(100, 3, 3, 20);
    }

    /** All objects arrive together, each with another date. */
    private void assertStatements(int partitions, long versionInserts, long publicationInserts, long updates) {
        ObjectLog log = new ObjectLog(PARTITION);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (int i = 0; i < partitions; i++) {
            String date = today.minusDays(i).toString();
            log.deliver(version("dt=" + date + "/a.csv", "one", "2026-11-02T10:00:00Z", date), 2);
        }
        sink.putUntilSettled(sink.start(PARTITION), log.from(0));

        assertThat(dataset.number("SELECT COUNT(DISTINCT catalog_date) FROM catalog.products_raw"))
                .isEqualTo(partitions);
        assertThat(dataset.number("SELECT COUNT(*) FROM catalog.products_raw")).isEqualTo(2L * partitions);
        assertThat(dataset.number("SELECT SUM(jobs_today) FROM catalog._catalog_connect_publications"))
                .isEqualTo(partitions);
        assertThat(dataset.statements("INSERT", "_catalog_connect_versions")).isBetween(1L, versionInserts);
        assertThat(dataset.statements("INSERT", "_catalog_connect_publications"))
                .isBetween(1L, publicationInserts);
        assertThat(dataset.statements("UPDATE", "_catalog_connect_publications"))
                .isBetween(2L, updates);
        assertThat(dataset.statements("UPDATE", "_catalog_connect_versions")).isZero();
    }
}
