package io.catalogconnect.s3csv.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class DistinctRecordTest {

    @Test
    void recordsWithTheSameContentsAreTwoRecords() {
        SourceRecord first = record();
        SourceRecord second = record();
        Set<SourceRecord> ending = new HashSet<>(Set.of(first));

        assertThat(first).isNotEqualTo(second);
        assertThat(ending).contains(first).doesNotContain(second);
        assertThat(ending.remove(second)).isFalse();
        assertThat(ending.remove(first)).isTrue();
    }

    @Test
    void markerThatATransformationChangedIsAnOrdinaryRecord() {
        SourceRecord made = record().newRecord("other", 1, null, "k", Schema.STRING_SCHEMA, "value", 5L);

        assertThat(made)
                .isEqualTo(new SourceRecord(
                        Map.of("object", "s3://b/k"),
                        Map.of("row", 1L),
                        "other",
                        1,
                        null,
                        "k",
                        Schema.STRING_SCHEMA,
                        "value",
                        5L));
    }

    private static SourceRecord record() {
        return new DistinctRecord(
                Map.of("object", "s3://b/k"), Map.of("row", 1L), "raw", "k", Schema.STRING_SCHEMA, "value", null);
    }
}
