package io.catalogconnect.localbigquery.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpirationIT {

    @TempDir
    private Path directory;

    @Test
    void expiredTablesAndPartitionsAreRemoved() throws Exception {
        MovableClock clock = new MovableClock(Instant.parse("2024-01-10T00:00:00Z"));
        try (LocalBigQuery server = LocalBigQuery.builder()
                .databaseFile(directory.resolve("warehouse.duckdb"))
                .clock(clock)
                .start()) {
            RestFixture bigquery = new RestFixture(server);
            bigquery.query(
                    "CREATE TABLE shop.brief (x INT64) OPTIONS(expiration_timestamp=TIMESTAMP '2024-01-11 00:00:00+00')");
            bigquery.query("CREATE TABLE shop.daily (day DATE) PARTITION BY day OPTIONS(partition_expiration_days=5)");
            bigquery.query("INSERT shop.daily VALUES ('2024-01-07'), ('2024-01-08'), ('2024-01-10'), (NULL)");
            assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.daily")).containsExactly("4");

            clock.advance(Duration.ofHours(23));
            assertThat(bigquery.rows("SELECT COUNT(*) FROM shop.brief")).containsExactly("0");
            clock.advance(Duration.ofHours(49));

            assertThat(bigquery.refusal("SELECT * FROM shop.brief").getMessage())
                    .isEqualTo("Not found: Table p:shop.brief was not found in location US");
            assertThat(bigquery.rows("SELECT day FROM shop.daily ORDER BY day")).containsExactly("null", "2024-01-10");

            bigquery.query("ALTER TABLE shop.daily SET OPTIONS(partition_expiration_days=1)");
            assertThat(bigquery.rows("SELECT day FROM shop.daily")).containsExactly("null");
        }
    }
}
