package io.catalogconnect.localstack.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.RangePartitioning;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.ViewDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PartitionCountTest {
    @ParameterizedTest
    @CsvSource({
        "DATE, DAY, 'COUNT(DISTINCT DATE_TRUNC(`d`, DAY))'",
        "DATE, YEAR, 'COUNT(DISTINCT DATE_TRUNC(`d`, YEAR))'",
        "TIMESTAMP, HOUR, 'COUNT(DISTINCT TIMESTAMP_TRUNC(`d`, HOUR))'",
        "DATETIME, MONTH, 'COUNT(DISTINCT DATETIME_TRUNC(`d`, MONTH))'"
    })
    void startsOfPartitionsAreCounted(StandardSQLTypeName column, TimePartitioning.Type type, String sql) {
        assertThat(PartitionCount.sql(
                        table(column, TimePartitioning.newBuilder(type).setField("d"))))
                .isEqualTo(sql);
    }

    @Test
    void timesOfIngestionAreCounted() {
        StandardTableDefinition table =
                table(StandardSQLTypeName.DATE, TimePartitioning.newBuilder(TimePartitioning.Type.DAY));
        assertThat(PartitionCount.sql(table)).isEqualTo("COUNT(DISTINCT _PARTITIONTIME)");
    }

    @Test
    void rangesAreCounted() {
        StandardTableDefinition table = builder(StandardSQLTypeName.INT64)
                .setRangePartitioning(RangePartitioning.newBuilder()
                        .setField("d")
                        .setRange(RangePartitioning.Range.newBuilder()
                                .setStart(10L)
                                .setEnd(100L)
                                .setInterval(5L)
                                .build())
                        .build())
                .build();
        assertThat(PartitionCount.sql(table)).isEqualTo("COUNT(DISTINCT DIV(`d` - 10, 5))");
    }

    @Test
    void tableWithoutPartitionsIsOne() {
        assertThat(PartitionCount.sql(builder(StandardSQLTypeName.DATE).build()))
                .isEqualTo("LEAST(COUNT(*), 1)");
        assertThat(PartitionCount.sql(ViewDefinition.of("SELECT 1"))).isEqualTo("LEAST(COUNT(*), 1)");
        assertThat(PartitionCount.condition(ViewDefinition.of("SELECT 1"))).isEmpty();
    }

    @Test
    void conditionIsWrittenOnlyWhereItIsRequired() {
        TimePartitioning.Builder day =
                TimePartitioning.newBuilder(TimePartitioning.Type.DAY).setField("d");
        assertThat(PartitionCount.condition(table(StandardSQLTypeName.DATE, day)))
                .isEmpty();
        assertThat(PartitionCount.condition(table(StandardSQLTypeName.DATE, day.setRequirePartitionFilter(true))))
                .isEqualTo(" WHERE `d` IS NOT NULL OR `d` IS NULL");
    }

    private static StandardTableDefinition table(StandardSQLTypeName column, TimePartitioning.Builder partitioning) {
        return builder(column).setTimePartitioning(partitioning.build()).build();
    }

    private static StandardTableDefinition.Builder builder(StandardSQLTypeName column) {
        return StandardTableDefinition.newBuilder().setSchema(Schema.of(Field.of("d", column)));
    }
}
