package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

final class ConditionFilterTest {
    private static final Map<String, Object> NO_YEAR = new HashMap<>();

    static {
        NO_YEAR.put("brand", "Samsung");
        NO_YEAR.put("year_release", null);
    }

    @Test
    void matchingRecordIsKeptUnchanged() {
        SourceRecord record = Products.record("t", Products.product("Samsung", 2001, null));
        try (ConditionFilter<SourceRecord> filter = filter(Map.of("condition", Products.TEAM_B))) {
            assertThat(filter.apply(record)).isSameAs(record);
        }
    }

    @Test
    void actionDropDropsMatchingRecords() {
        SourceRecord record = Products.record("t", Products.product("Samsung", 2001, null));
        try (ConditionFilter<SourceRecord> filter = filter(Map.of("condition", Products.TEAM_B, "action", "drop"))) {
            assertThat(filter.apply(record)).isNull();
            assertThat(filter.apply(Products.record("t", Products.product("HP", 2001, null))))
                    .isNotNull();
        }
    }

    @Test
    void nullWhereAValueIsNeededFailsWithItsPlace() {
        SourceRecord record = Products.record("products.team-b", null, NO_YEAR);
        try (ConditionFilter<SourceRecord> filter = filter(Map.of("conditions.by.topic", Products.BY_TOPIC))) {
            assertThatThrownBy(() -> filter.apply(record))
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            "The condition 'products.team-b' cannot be evaluated for a record (topic products.team-b, schema none,"
                                    + " source {object=s3://catalog/catalog/dt=2026-01-31/products.csv} at {row=17}):"
                                    + " value.year_release is null. Guard it in the rule, as in present(...) && ..., or set on.null to"
                                    + " keep or drop.");
        }
    }

    @Test
    void nullWhereAValueIsNeededIsKeptOrDroppedByPolicy() {
        SourceRecord record = Products.record("t", null, NO_YEAR);
        try (ConditionFilter<SourceRecord> keep = filter(Map.of("condition", Products.TEAM_B, "on.null", "keep"));
                ConditionFilter<SourceRecord> drop = filter(Map.of("condition", Products.TEAM_B, "on.null", "drop"))) {
            assertThat(keep.apply(record)).isSameAs(record);
            assertThat(drop.apply(record)).isNull();
        }
    }

    @Test
    void missingFieldFailsWithSchemaAndPosition() {
        SinkRecord record = new SinkRecord(
                "routed",
                1,
                null,
                null,
                Products.SCHEMA,
                Products.product("HP", 1, null),
                5,
                null,
                TimestampType.NO_TIMESTAMP_TYPE,
                null,
                "products",
                4,
                99);
        try (ConditionFilter<SinkRecord> filter = filter(Map.of("condition", "value.price > 5"))) {
            assertThatThrownBy(() -> filter.apply(record))
                    .hasMessage("The condition 'condition' cannot be evaluated for a record (topic routed, schema"
                            + " io.catalogconnect.Product, record products-4@99): the record's schema io.catalogconnect.Product"
                            + " has no field 'price'. Guard it in the rule, as in present(...) && ..., or set on.missing.field"
                            + " to keep or drop.");
        }
    }

    @Test
    void textComparedWithANumberFailsAndIsNotDropped() {
        SourceRecord record = Products.record("t", null, Map.of("year_release", "2001"));
        try (ConditionFilter<SourceRecord> filter = filter(
                Map.of("condition", "value.year_release == 2001", "on.null", "drop", "on.missing.field", "drop"))) {
            assertThatThrownBy(() -> filter.apply(record))
                    .hasMessageContaining(
                            "cannot compare a string with an int; num(...) makes a number of a text. Correct the"
                                    + " rule.");
        }
    }

    @Test
    void tombstoneIsKeptUnlessAPolicyIsSet() {
        SourceRecord tombstone = Products.record("t", null, null);
        try (ConditionFilter<SourceRecord> filter = filter(Map.of("condition", Products.TEAM_A));
                ConditionFilter<SourceRecord> drop =
                        filter(Map.of("condition", Products.TEAM_A, "on.tombstone", "drop"));
                ConditionFilter<SourceRecord> fail =
                        filter(Map.of("condition", Products.TEAM_A, "on.tombstone", "fail"));
                ConditionFilter<SourceRecord> ask =
                        filter(Map.of("condition", "value == null", "on.tombstone", "evaluate"));
                ConditionFilter<SourceRecord> byKey = filter(Map.of("condition", "key.startsWith('other')"))) {
            assertThat(filter.apply(tombstone)).isSameAs(tombstone);
            assertThat(drop.apply(tombstone)).isNull();
            assertThatThrownBy(() -> fail.apply(tombstone))
                    .hasMessageContaining("the record is a tombstone. Set on.tombstone to keep, drop or evaluate.");
            assertThat(ask.apply(tombstone)).isSameAs(tombstone);
            assertThat(byKey.apply(tombstone)).isNull();
        }
    }

    @Test
    void schemaThatDoesNotFitTheRuleFailsWithThePlaceInTheRule() {
        SourceRecord record = Products.record("t", Products.product("HP", 1, null));
        try (ConditionFilter<SourceRecord> filter = filter(Map.of("condition", "value.brand > 5"))) {
            assertThatThrownBy(() -> filter.apply(record)).hasMessageContaining("""
                            it does not fit the record's schema: line 1, column 13: '>' does not take (string, int); num(...) makes a\
                             number of a text
                              value.brand > 5
                                          ^""");
        }
    }

    @Test
    void exactlyOneKindOfConditionIsRequired() {
        assertThatThrownBy(() -> filter(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "condition is not set, and neither is conditions.by.topic. Set either condition, for all topics, or"
                                + " conditions.by.topic");
        assertThatThrownBy(() -> filter(Map.of("condition", "true", "conditions.by.topic", "t: true")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("condition is set, and so is conditions.by.topic. Set either condition, for all topics, or"
                        + " conditions.by.topic");
    }

    @Test
    void recordOfATopicWithoutAConditionIsHandledByPolicy() {
        SourceRecord raw = Products.record("products.raw", Products.product("HP", 1999, null));
        Map<String, String> byTopic = Map.of("conditions.by.topic", "products.team-a: " + Products.TEAM_A);
        try (ConditionFilter<SourceRecord> byDefault = filter(byTopic);
                ConditionFilter<SourceRecord> drop = filter(with(byTopic, "drop"));
                ConditionFilter<SourceRecord> fail = filter(with(byTopic, "fail"));
                ConditionFilter<SourceRecord> listed = filter(with(
                        Map.of("conditions.by.topic", "products.raw: true\nproducts.team-a: " + Products.TEAM_A),
                        "fail"))) {
            assertThat(byDefault.apply(raw)).isSameAs(raw);
            assertThat(drop.apply(raw)).isNull();
            assertThat(listed.apply(raw)).isSameAs(raw);
            assertThatThrownBy(() -> fail.apply(raw))
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            "The filter has no condition for a record (topic products.raw, schema io.catalogconnect.Product,"
                                    + " source {object=s3://catalog/catalog/dt=2026-01-31/products.csv} at {row=17}):"
                                    + " conditions.by.topic has no entry for the topic. Correct a misspelled entry, add"
                                    + " `products.raw: true` to keep all records of the topic, or set topics.without.condition to"
                                    + " pass or drop.");
        }
        assertThatThrownBy(() -> filter(with(Map.of("condition", "true"), "fail")))
                .hasMessage("topics.without.condition is set, and so is condition, which applies to all topics. Set it"
                        + " together with conditions.by.topic only");
    }

    private static Map<String, String> with(Map<String, String> config, String withoutCondition) {
        Map<String, String> more = new HashMap<>(config);
        more.put("topics.without.condition", withoutCondition);
        return more;
    }

    @Test
    void conditionReadsHeadersTopicKeyAndTimestamp() {
        SourceRecord record = Products.record("products.raw", Products.product("HP", 1999, null));
        record.headers().add("csv.row", 17L, Schema.INT64_SCHEMA).addString("file.date", "2026-01-31");
        String condition = "topic == 'products.raw' && key.endsWith('.csv') && headers['csv.row'] == 17"
                + " && date(headers['file.date']) > timestamp('2026-01-01T00:00:00Z')"
                + " && timestamp > timestamp('2020-01-01T00:00:00Z') && eqi(value.brand, 'hp')"
                + " && lower(value.currency) == 'eur' && num('2001') == 2001 && !has(headers.absent)"
                + " && blank(headers.absent) && value.brand in ['Dell', 'HP'] && value.brand.matches('^H')";
        try (ConditionFilter<SourceRecord> filter = filter(Map.of("condition", condition))) {
            assertThat(filter.apply(record)).isSameAs(record);
        }
    }

    private static <R extends org.apache.kafka.connect.connector.ConnectRecord<R>> ConditionFilter<R> filter(
            Map<String, String> config) {
        ConditionFilter<R> filter = new ConditionFilter<>();
        filter.configure(config);
        return filter;
    }
}
