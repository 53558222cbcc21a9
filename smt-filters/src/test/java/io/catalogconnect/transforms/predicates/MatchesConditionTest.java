package io.catalogconnect.transforms.predicates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.transforms.Products;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Filter;
import org.apache.kafka.connect.transforms.MaskField;
import org.junit.jupiter.api.Test;

final class MatchesConditionTest {
    private static final SourceRecord SAMSUNG = Products.record("t", Products.product("Samsung", 2001, null));
    private static final SourceRecord TOMBSTONE = Products.record("t", null, null);

    @Test
    void stockTransformationAppliesToMatchingRecordsOnly() {
        try (MatchesCondition<SourceRecord> isTeamB = predicate(Map.of("condition", Products.TEAM_B));
                Filter<SourceRecord> filter = new Filter<>();
                MaskField.Value<SourceRecord> mask = new MaskField.Value<>()) {
            mask.configure(Map.of("fields", "currency", "replacement", "hidden"));
            long left = 0;
            for (Struct row : Products.sample()) {
                SourceRecord record = Products.record("t", row);
                // What a worker does with predicates= and negate=true.
                left += !isTeamB.test(record) && filter.apply(record) == null ? 0 : 1;
            }
            assertThat(left).isEqualTo(2);
            SourceRecord masked = isTeamB.test(SAMSUNG) ? mask.apply(SAMSUNG) : SAMSUNG;
            assertThat(((Struct) masked.value()).getString("currency")).isEqualTo("hidden");
        }
    }

    @Test
    void recordWithoutAnAnswerFailsOrIsTrueOrFalseByPolicy() {
        Map<String, Object> value = new HashMap<>();
        value.put("year", null);
        SourceRecord record = Products.record("t", null, value);
        Map<String, String> asksNull = Map.of("condition", "value.year > 2000");
        Map<String, String> asksMissing = Map.of("condition", "value.price > 2000");
        try (MatchesCondition<SourceRecord> onNull = predicate(asksNull);
                MatchesCondition<SourceRecord> nullIsTrue = predicate(with(asksNull, "on.null", "true"));
                MatchesCondition<SourceRecord> missingIsFalse =
                        predicate(with(asksMissing, "on.missing.field", "false"));
                MatchesCondition<SourceRecord> error =
                        predicate(Map.of("condition", "topic == value.year || key > 5"))) {
            assertThatThrownBy(() -> onNull.test(record))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("The predicate cannot be evaluated for a record (topic t, schema none")
                    .hasMessageEndingWith(
                            "value.year is null. Guard it in the rule, as in present(...) && ..., or set on.null to"
                                    + " true or false.");
            assertThat(nullIsTrue.test(record)).isTrue();
            assertThat(missingIsFalse.test(record)).isFalse();
            assertThatThrownBy(() -> error.test(record)).hasMessageEndingWith("Correct the rule.");
        }
    }

    @Test
    void tombstoneIsFalseUnlessAPolicyIsSet() {
        Map<String, String> condition = Map.of("condition", "!present(value.image)");
        try (MatchesCondition<SourceRecord> byDefault = predicate(condition);
                MatchesCondition<SourceRecord> isTrue = predicate(with(condition, "on.tombstone", "true"));
                MatchesCondition<SourceRecord> evaluate = predicate(with(condition, "on.tombstone", "evaluate"));
                MatchesCondition<SourceRecord> fail = predicate(with(condition, "on.tombstone", "fail"))) {
            assertThat(byDefault.test(TOMBSTONE)).isFalse();
            assertThat(isTrue.test(TOMBSTONE)).isTrue();
            assertThat(evaluate.test(TOMBSTONE)).isTrue();
            assertThatThrownBy(() -> fail.test(TOMBSTONE))
                    .hasMessageEndingWith("the record is a tombstone. Set on.tombstone to false, true or evaluate.");
        }
    }

    @Test
    void emptyConditionIsRefused() {
        assertThatThrownBy(() -> predicate(Map.of("condition", " "))).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new MatchesCondition<SourceRecord>().test(SAMSUNG))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Map<String, String> with(Map<String, String> config, String key, String value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(key, value);
        return more;
    }

    private static MatchesCondition<SourceRecord> predicate(Map<String, String> config) {
        MatchesCondition<SourceRecord> predicate = new MatchesCondition<>();
        predicate.configure(config);
        return predicate;
    }
}
