package io.catalogconnect.catalogctl.live.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColumnTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"STRING", "TIMESTAMP", "NUMERIC", "NUMERIC(12,2)", "NUMERIC(10,0)", "BIGNUMERIC(38,20)"})
    void typeIsReadAsItWasWritten(String type) {
        assertThat(ColumnType.of(ColumnType.field("a", type).build())).isEqualTo(type);
    }

    @Test
    void digitsAreThoseOfTheField() {
        assertThat(ColumnType.field("a", "NUMERIC(12,2)").build())
                .isEqualTo(Field.newBuilder("a", StandardSQLTypeName.NUMERIC)
                        .setPrecision(12L)
                        .setScale(2L)
                        .build());
        assertThat(ColumnType.of(Field.newBuilder("a", StandardSQLTypeName.NUMERIC)
                        .setPrecision(12L)
                        .setMode(Field.Mode.REPEATED)
                        .build()))
                .isEqualTo("ARRAY<NUMERIC(12,0)>");
    }
}
