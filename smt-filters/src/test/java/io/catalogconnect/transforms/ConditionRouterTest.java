package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

final class ConditionRouterTest {
    private static final SourceRecord RECORD = Products.record("products", Products.product("Samsung", 2001, null));

    @Test
    void firstTrueConditionSelectsTheTopicAndClearsThePartition() {
        try (ConditionRouter<SourceRecord> router = router(Map.of("routes", "a: false\nb: true\nc: true"))) {
            SourceRecord routed = Objects.requireNonNull(router.apply(RECORD));
            assertThat(routed.topic()).isEqualTo("b");
            assertThat(routed.kafkaPartition()).isNull();
            assertThat(routed.value()).isSameAs(RECORD.value());
            assertThat(routed.sourceOffset()).isEqualTo(RECORD.sourceOffset());
            assertThat(RECORD.kafkaPartition()).isEqualTo(3);
            assertThat(RECORD.topic()).isEqualTo("products");
        }
    }

    @Test
    void recordWithoutAMatchIsHandledByPolicy() {
        try (ConditionRouter<SourceRecord> keep = router(Map.of("routes", "a: false"));
                ConditionRouter<SourceRecord> drop = router(Map.of("routes", "a: false", "on.no.match", "drop"));
                ConditionRouter<SourceRecord> other =
                        router(Map.of("routes", "a: false", "on.no.match", "default", "default.topic", "rest"));
                ConditionRouter<SourceRecord> fail = router(Map.of("routes", "a: false", "on.no.match", "fail"))) {
            assertThat(keep.apply(RECORD)).isSameAs(RECORD);
            assertThat(drop.apply(RECORD)).isNull();
            assertThat(Objects.requireNonNull(other.apply(RECORD)).topic()).isEqualTo("rest");
            assertThatThrownBy(() -> fail.apply(RECORD))
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            "The list of routes has no match for a record (topic products, schema io.catalogconnect.Product,"
                                    + " source {object=s3://catalog/catalog/dt=2026-01-31/products.csv} at {row=17}): no condition is"
                                    + " true. Add a route, or set on.no.match to keep, drop or default.");
        }
    }

    @Test
    void routeWithoutAnAnswerFailsOrIsSkipped() {
        String routes = "a: value.comment.startsWith('x')\nb: value.price > 5\nc: true";
        try (ConditionRouter<SourceRecord> fail = router(Map.of("routes", routes));
                ConditionRouter<SourceRecord> failLater = router(Map.of("routes", routes, "on.null", "skip"));
                ConditionRouter<SourceRecord> skip =
                        router(Map.of("routes", routes, "on.null", "skip", "on.missing.field", "skip"))) {
            assertThatThrownBy(() -> fail.apply(RECORD))
                    .hasMessageContaining("The route to 'a' cannot be evaluated for a record")
                    .hasMessageContaining(
                            "value.comment is null. Guard it in the rule, as in present(...) && ..., or set on.null"
                                    + " to skip.");
            assertThatThrownBy(() -> failLater.apply(RECORD))
                    .hasMessageContaining("The route to 'b' cannot be evaluated for a record")
                    .hasMessageContaining("has no field 'price'");
            assertThat(Objects.requireNonNull(skip.apply(RECORD)).topic()).isEqualTo("c");
        }
    }

    @Test
    void tombstoneSkipsRoutesThatReadTheValue() {
        SourceRecord tombstone = Products.record("products", null, null);
        String routes = "a: !present(value.image)\nb: key.endsWith('.csv')";
        try (ConditionRouter<SourceRecord> skip = router(Map.of("routes", routes));
                ConditionRouter<SourceRecord> evaluate = router(Map.of("routes", routes, "on.tombstone", "evaluate"))) {
            assertThat(Objects.requireNonNull(skip.apply(tombstone)).topic()).isEqualTo("b");
            assertThat(Objects.requireNonNull(evaluate.apply(tombstone)).topic())
                    .isEqualTo("a");
        }
    }

    @Test
    void errorInARuleFailsWithEveryPolicy() {
        try (ConditionRouter<SourceRecord> router = router(Map.of(
                "routes",
                "a: value.brand > 5",
                "on.null",
                "skip",
                "on.missing.field",
                "skip",
                "on.no.match",
                "drop"))) {
            assertThatThrownBy(() -> router.apply(RECORD)).hasMessageContaining("'>' does not take (string, int)");
        }
    }

    @Test
    void routeToATopicThatIsNotAllowedIsRefused() {
        assertThatThrownBy(() -> router(Map.of("routes", "a: true\nb: true", "topics.allowed", "a,c")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "routes names topic 'b', which is not in topics.allowed (a, c). Correct the topic, or add it there");
        assertThatThrownBy(() -> router(Map.of(
                        "routes", "a: true", "topics.allowed", "a", "on.no.match", "default", "default.topic", "rest")))
                .hasMessage(
                        "default.topic names topic 'rest', which is not in topics.allowed (a). Correct the topic, or add it there");
    }

    @Test
    void defaultTopicIsRequiredByItsPolicyOnly() {
        assertThatThrownBy(() -> router(Map.of("routes", "a: true", "default.topic", "rest")))
                .hasMessage("default.topic is set, but on.no.match is not default. Set both or neither");
        assertThatThrownBy(() -> router(Map.of("routes", "a: true", "on.no.match", "default")))
                .hasMessage("default.topic is not set, but on.no.match is default. Set both or neither");
    }

    @Test
    void emptyRoutesAreRefused() {
        assertThatThrownBy(() -> router(Map.of("routes", "# nothing yet")))
                .hasMessage("routes has no entry. Write `topic: condition` on a line");
    }

    private static ConditionRouter<SourceRecord> router(Map<String, String> config) {
        ConditionRouter<SourceRecord> router = new ConditionRouter<>();
        router.configure(config);
        return router;
    }
}
