package io.catalogconnect.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WideRowsTest {
    @ParameterizedTest
    @CsvSource({"10, 1", "10, 365", "10, 3650", "1000, 1"})
    void rowsHaveTheColumnsAndTheDateOfTheirRecord(int columns, int dates) {
        WideRows rows = new WideRows(columns, dates);
        for (long offset = 0; offset < 10_000; offset += 7) {
            Struct row = rows.row(offset, offset % dates);
            row.validate();
            assertThat(row.schema().fields()).hasSize(columns);
            assertThat(row.get("catalog_date")).isEqualTo(SinkRows.date(offset % dates));
        }
    }
}
