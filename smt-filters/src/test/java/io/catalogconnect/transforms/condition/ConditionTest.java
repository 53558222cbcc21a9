package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value.a == 'x' && value.b > 1|(value.a==\"x\")&&(value.b > 1) // comment|true",
                "value.a == 'x' && value.b > 1|value.b > 1 && value.a == 'x'|false",
                "value.a == 'x'|value.a == 'y'|false",
                "value.b > 1|value.b > 1.0|false"
            })
    void treesAreEqualIfOnlyWhiteSpaceCommentsParenthesesAndQuotesDiffer(String one, String other, boolean same) {
        assertThat(Condition.of(ConditionText.whole("one", one))
                        .hasSameTree(Condition.of(ConditionText.whole("other", other))))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value.list == ['a', 'b']|true",
                "value.list == ['a']|false",
                "value.list == ['a', 'c']|false",
                "value.list == ['a', 1]|error",
                "value.list == 'a'|error",
                "'k' in value.map|true",
                "'l' in value.map|false",
                "value.map == value.map|true",
                "present(value.map) && !present(value.nothing)|true",
                "'a' in value.text|error",
                "value.bytes == b'ab'|true",
                "value.buffer == b'ab' && size(value.buffer) == 2|true",
                "value.big == 5|true",
                "value.huge > 9223372036854775807|true",
                "value.odd == 'x'|error",
                "present(value.text.inner)|error",
                "has(value.text.inner)|error",
                "value.nothing in [null]|true",
                "value.nothing == value.nothing|true",
                "eqi(value.nothing, null)|true",
                "num('0e999999999') == 0|true",
                "num('1e999999999') == 0|false",
                "num('1e400') > 1|true",
                "headers.h == 'second' && size(headers) == 1|true",
                "'h' in headers|true",
                "key.id == 7|true",
                "timestamp == null|true",
                "timestamp > timestamp('2026-01-01T00:00:00Z')|null",
                "topic.startsWith('top')|true",
                "value.map.k == 1 && value.map['k'] == 1|true",
                "value.list[0] + value.list[1] == 'ab'|true",
                "int(value.text) == 1|error",
                "value.text ? true : false|error"
            })
    void schemalessRecordIsEvaluated(String condition, String expected) {
        assertThat(SemanticsTest.answer(condition(condition), schemaless())).isEqualTo(expected);
    }

    @Test
    void mapWithASchemaAndTimeOfDayAreEvaluated() {
        Schema schema = SchemaBuilder.struct()
                .field("map", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA))
                .field("numbers", SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.INT32_SCHEMA))
                .field("time", Time.SCHEMA)
                .build();
        Struct struct = new Struct(schema)
                .put("map", Map.of("k", 1))
                .put("numbers", Map.of(1, 2))
                .put("time", java.util.Date.from(java.time.Instant.ofEpochSecond(3600)));
        SourceRecord record = FieldValue.record(schema, struct);
        assertThat(SemanticsTest.answer(
                        condition("value.map.k == 1 && value.time == duration('1h') && present(value.numbers)"),
                        record))
                .isEqualTo("true");
    }

    @Test
    void conditionServesAlternatingSchemas() {
        Condition condition = condition("value.x > 2000");
        FieldValue number = FieldValue.parse("int64 2001");
        FieldValue text = FieldValue.parse("string \"2001\"");
        for (int i = 0; i < 3; i++) {
            assertThat(SemanticsTest.answer(condition, number.recordOfStruct())).isEqualTo("true");
            assertThat(SemanticsTest.answer(condition, text.recordOfStruct())).isEqualTo("error");
            assertThat(SemanticsTest.answer(condition, number.recordOfMap())).isEqualTo("true");
        }
    }

    @Test
    void reasonNamesTheFieldAndNeverAValue() {
        assertThat(condition("value.nothing > 1").evaluate(schemaless()))
                .isEqualTo(new Verdict(Verdict.Kind.NULL, "value.nothing is null"));
        assertThat(condition("value.absent > 1").evaluate(schemaless()))
                .isEqualTo(new Verdict(Verdict.Kind.MISSING, "the record's map has no field 'absent'"));
        assertThat(condition("value.text == 1").evaluate(schemaless()))
                .isEqualTo(new Verdict(
                        Verdict.Kind.ERROR, "cannot compare a string with an int; num(...) makes a number of a text"));
    }

    @Test
    void onlyAConditionThatNamesTheValueReadsIt() {
        assertThat(condition("value == null").readsValue()).isTrue();
        assertThat(condition("topic == 'a' && present(value.x)").readsValue()).isTrue();
        assertThat(condition("topic == 'value' && key.value == 1").readsValue()).isFalse();
    }

    private static Condition condition(String text) {
        return Condition.of(ConditionText.whole("rule", text));
    }

    private static SourceRecord schemaless() {
        Map<String, @Nullable Object> value = new HashMap<>();
        value.put("list", List.of("a", "b"));
        value.put("map", Map.of("k", 1));
        value.put("text", "a");
        value.put("bytes", new byte[] {'a', 'b'});
        value.put("buffer", ByteBuffer.wrap(new byte[] {'a', 'b'}));
        value.put("big", BigInteger.valueOf(5));
        value.put("huge", BigInteger.TWO.pow(70));
        value.put("odd", new Object());
        value.put("nothing", null);
        SourceRecord record = new SourceRecord(
                Map.of("p", "1"), Map.of("o", 1L), "topic", null, null, Map.of("id", 7), null, value, null);
        record.headers().addString("h", "first").addString("h", "second");
        return record;
    }
}
