package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.transforms.predicates.MatchesCondition;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Cast;
import org.apache.kafka.connect.transforms.ExtractField;
import org.apache.kafka.connect.transforms.Flatten;
import org.apache.kafka.connect.transforms.HeaderFrom;
import org.apache.kafka.connect.transforms.HoistField;
import org.apache.kafka.connect.transforms.InsertField;
import org.apache.kafka.connect.transforms.MaskField;
import org.apache.kafka.connect.transforms.ReplaceField;
import org.apache.kafka.connect.transforms.SetSchemaMetadata;
import org.apache.kafka.connect.transforms.TimestampConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.ValueToKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The record that ends an object goes through every transformation as it is, whatever the rules and the policies say. */
final class ControlRecordsTest {

    private static final SourceRecord MARKER = marker();

    private static SourceRecord marker() {
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("catalog.control", "object-end");
        headers.addLong("object.rows", 3);
        return new SourceRecord(
                Map.of("object", "s3://b/k"),
                Map.of("row", 3L),
                "t",
                null,
                Schema.STRING_SCHEMA,
                "k",
                null,
                null,
                null,
                headers);
    }

    static Stream<Arguments> transformations() {
        return Stream.of(
                Arguments.of(new ConditionFilter<SourceRecord>(), Map.of("condition", "value.x > 1")),
                Arguments.of(
                        new ConditionFilter<SourceRecord>(),
                        Map.of("condition", "value.x > 1", "on.tombstone", "drop")),
                Arguments.of(
                        new ConditionFilter<SourceRecord>(),
                        Map.of("condition", "value.x > 1", "on.tombstone", "fail")),
                Arguments.of(
                        new ConditionFilter<SourceRecord>(),
                        Map.of("condition", "value.x > 1", "on.tombstone", "evaluate")),
                Arguments.of(new ConditionFilter<SourceRecord>(), Map.of("condition", "topic == 'other'")),
                Arguments.of(new ConditionFilter<SourceRecord>(), Map.of("condition", "key == 'k'", "action", "drop")),
                Arguments.of(new ConditionFilter<SourceRecord>(), Map.of("conditions.by.topic", "t: key == 'j'")),
                Arguments.of(
                        new ConditionFilter<SourceRecord>(),
                        Map.of("conditions.by.topic", "u: true", "topics.without.condition", "fail")),
                Arguments.of(
                        new ConditionFilter<SourceRecord>(),
                        Map.of("conditions.by.topic", "u: true", "topics.without.condition", "drop")),
                Arguments.of(
                        new ConditionRouter<SourceRecord>(),
                        Map.of("routes", "u: key == 'k'", "on.no.match", "drop", "on.tombstone", "evaluate")),
                Arguments.of(
                        new ConditionRouter<SourceRecord>(), Map.of("routes", "u: value.x > 1", "on.no.match", "fail")),
                Arguments.of(
                        new ConditionTag<SourceRecord>(), Map.of("tags", "a: key == 'k'", "on.tombstone", "evaluate")),
                Arguments.of(
                        new Pseudonymize.Value<SourceRecord>(),
                        Map.of("fields", "x", "secret", "a secret of thirty-two bytes or more")));
    }

    @ParameterizedTest
    @MethodSource("transformations")
    void controlRecordIsKeptUnchanged(Transformation<SourceRecord> transformation, Map<String, String> settings) {
        try (transformation) {
            transformation.configure(settings);

            assertThat(transformation.apply(MARKER)).isSameAs(MARKER);
        }
    }

    /** A marker in another partition than its object's rows would end nothing. */
    @Test
    void keyOfAControlRecordIsReplacedAsKeysOfRowsAre() {
        try (HoistField.Key<SourceRecord> hoist = new HoistField.Key<>();
                Pseudonymize.Key<SourceRecord> pseudonymize = new Pseudonymize.Key<>()) {
            hoist.configure(Map.of("field", "object"));
            pseudonymize.configure(Map.of("fields", "object", "secret", "a secret of thirty-two bytes or more"));
            SourceRecord row = MARKER.newRecord(
                    "t", null, Schema.STRING_SCHEMA, "k", Schema.STRING_SCHEMA, "a row", null, new ConnectHeaders());

            SourceRecord marker = pseudonymize.apply(hoist.apply(MARKER));

            assertThat(marker.key())
                    .isEqualTo(pseudonymize.apply(hoist.apply(row)).key());
            assertThat(((Struct) marker.key()).getString("object")).hasSize(64);
            assertThat(marker.headers()).isEqualTo(MARKER.headers());
        }
    }

    static Stream<Arguments> stock() {
        return Stream.of(
                Arguments.of(new ReplaceField.Value<SourceRecord>(), Map.of("exclude", "x")),
                Arguments.of(new InsertField.Value<SourceRecord>(), Map.of("topic.field", "t")),
                Arguments.of(new Cast.Value<SourceRecord>(), Map.of("spec", "x:int64")),
                Arguments.of(new ExtractField.Value<SourceRecord>(), Map.of("field", "x")),
                Arguments.of(new Flatten.Value<SourceRecord>(), Map.of()),
                Arguments.of(
                        new TimestampConverter.Value<SourceRecord>(),
                        Map.of("field", "x", "target.type", "string", "format", "yyyy")),
                Arguments.of(new SetSchemaMetadata.Value<SourceRecord>(), Map.of("schema.name", "x")));
    }

    @ParameterizedTest
    @MethodSource("stock")
    void stockTransformationAcceptsAControlRecord(
            Transformation<SourceRecord> transformation, Map<String, String> settings) {
        try (transformation) {
            transformation.configure(settings);

            SourceRecord passed = transformation.apply(MARKER);

            assertThat(passed.value()).isNull();
            assertThat(passed.headers().lastWithName("catalog.control").value()).isEqualTo("object-end");
        }
    }

    @Test
    void someStockTransformationsRejectAControlRecord() {
        try (HoistField.Value<SourceRecord> hoist = new HoistField.Value<>();
                HeaderFrom.Value<SourceRecord> headerFrom = new HeaderFrom.Value<>();
                MaskField.Value<SourceRecord> mask = new MaskField.Value<>();
                ValueToKey<SourceRecord> valueToKey = new ValueToKey<>()) {
            hoist.configure(Map.of("field", "x"));
            headerFrom.configure(Map.of("fields", "x", "headers", "h", "operation", "copy"));
            mask.configure(Map.of("fields", "x"));
            valueToKey.configure(Map.of("fields", "x"));

            assertThat(hoist.apply(MARKER).value()).isNotNull();
            assertThatThrownBy(() -> headerFrom.apply(MARKER)).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> mask.apply(MARKER)).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> valueToKey.apply(MARKER)).isInstanceOf(DataException.class);
        }
    }

    @Test
    void predicateIsFalseForAControlRecordUnlessConfigured() {
        try (MatchesCondition<SourceRecord> predicate = new MatchesCondition<>()) {
            predicate.configure(Map.of("condition", "key == 'k'"));
            assertThat(predicate.test(MARKER)).isFalse();
            predicate.configure(Map.of("condition", "key == 'j'", "on.control", "true"));
            assertThat(predicate.test(MARKER)).isTrue();
        }
    }

    @Test
    void recordWithAValueIsDataWithAnyHeader() {
        SourceRecord data = MARKER.newRecord(
                "t",
                null,
                Schema.STRING_SCHEMA,
                "k",
                Products.SCHEMA,
                Products.product("HP", 1999, null),
                null,
                MARKER.headers());
        try (ConditionFilter<SourceRecord> filter = new ConditionFilter<>()) {
            filter.configure(Map.of("condition", Products.TEAM_B));

            assertThat(filter.apply(data)).isNull();
        }
    }
}
