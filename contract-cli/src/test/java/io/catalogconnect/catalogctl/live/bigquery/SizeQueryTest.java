package io.catalogconnect.catalogctl.live.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.resource.Desired;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizeQueryTest {
    private static final String SELECT =
            "SELECT \"products_raw\" AS name, UNIX_MILLIS(MAX(`sent`)) AS t FROM `p.d.products_raw`";

    @ParameterizedTest
    @CsvSource({"2026, 2026-01-01", "202611, 2026-11-01", "20261130, 2026-11-30", "2026113007, 2026-11-30 07:00:00"})
    void partitionStartsWithItsFirstDateOrTime(String id, String start) {
        assertThat(SizeQuery.start(id)).isEqualTo(start);
    }

    @Test
    void newestRowIsReadFromTheNewestPartition() throws IOException {
        assertThat(newestRow(Contracts.catalog(), "20261130"))
                .isEqualTo(SELECT + " WHERE `catalog_date` >= \"2026-11-30\"");
        assertThat(newestRow(Contracts.catalog(), "")).isEqualTo(SELECT);
    }

    /** All rows may be in the write buffer, or have no date. BigQuery refuses a query without a filter also then. */
    @Test
    void tableThatNeedsAFilterIsQueriedWithOne() throws IOException {
        assertThat(newestRow(Contracts.desired(Contracts.filtered(), "local"), ""))
                .isEqualTo(SELECT + " WHERE (`catalog_date` >= DATE '0001-01-01' OR `catalog_date` IS NULL)");
    }

    private static String newestRow(Desired desired, String newest) {
        Dataset dataset = new Dataset(new Dataset.Place("p", "d", "US", "http://127.0.0.1:1", false));
        return new SizeQuery(dataset, "sent").newestRowSql(desired.tables().get(0), newest);
    }
}
