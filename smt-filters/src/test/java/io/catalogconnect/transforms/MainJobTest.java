package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

final class MainJobTest {
    @Test
    void sampleHasThreeRowsForTeamAAndTwoForTeamB() {
        try (ConditionFilter<SourceRecord> filter = filter()) {
            assertThat(structs(filter, "products.team-a", Products.sample())).isEqualTo(3);
            assertThat(structs(filter, "products.team-b", Products.sample())).isEqualTo(2);
            assertThat(structs(filter, "products.raw", Products.sample())).isEqualTo(10);
        }
    }

    @Test
    void realFileHas740RowsForTeamAAnd28ForTeamB() {
        assumeTrue(
                Files.exists(Products.REAL_FILE),
                () -> "SKIPPED: the real catalogue is not at "
                        + Products.REAL_FILE.toAbsolutePath().normalize());
        List<Struct> rows = Products.realFile();
        try (ConditionFilter<SourceRecord> filter = filter()) {
            assertThat(structs(filter, "products.team-a", rows)).isEqualTo(740);
            assertThat(structs(filter, "products.team-b", rows)).isEqualTo(28);
            assertThat(structs(filter, "products.raw", rows)).isEqualTo(1000);
            assertThat(maps(filter, "products.team-a", rows)).isEqualTo(740);
            assertThat(maps(filter, "products.team-b", rows)).isEqualTo(28);
        }
    }

    @Test
    void routesWithTheSameConditionsSplitTheSample() {
        try (ConditionRouter<SourceRecord> router = new ConditionRouter<>()) {
            router.configure(Map.of("routes", Products.BY_TOPIC));
            List<String> topics = Products.sample().stream()
                    .map(row -> java.util.Objects.requireNonNull(router.apply(Products.record("products.raw", row)))
                            .topic())
                    .toList();
            assertThat(topics)
                    .containsExactly(
                            "products.team-a",
                            "products.team-b",
                            "products.raw",
                            "products.raw",
                            "products.raw",
                            "products.raw",
                            "products.team-a",
                            "products.team-b",
                            "products.team-a",
                            "products.raw");
        }
    }

    private static ConditionFilter<SourceRecord> filter() {
        ConditionFilter<SourceRecord> filter = new ConditionFilter<>();
        filter.configure(Map.of("conditions.by.topic", Products.BY_TOPIC));
        return filter;
    }

    private static long structs(ConditionFilter<SourceRecord> filter, String topic, List<Struct> rows) {
        return rows.stream()
                .filter(row -> filter.apply(Products.record(topic, row)) != null)
                .count();
    }

    private static long maps(ConditionFilter<SourceRecord> filter, String topic, List<Struct> rows) {
        return rows.stream()
                .filter(row -> filter.apply(Products.record(topic, null, Products.asMap(row))) != null)
                .count();
    }
}
