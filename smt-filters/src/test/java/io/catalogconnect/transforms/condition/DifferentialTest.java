package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled conditions against CEL's own runtime: the same answer, or the same reason for none. */
final class DifferentialTest {
    private static final int RECORDS = 12;

    private static final Schema INNER = SchemaBuilder.struct()
            .optional()
            .field("y", Schema.OPTIONAL_STRING_SCHEMA)
            .field("n", Schema.OPTIONAL_INT32_SCHEMA)
            .build();
    private static final Schema SCHEMA = SchemaBuilder.struct()
            .field("i", Schema.OPTIONAL_INT16_SCHEMA)
            .field("l", Schema.OPTIONAL_INT64_SCHEMA)
            .field("d", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("dec", Decimal.builder(1).optional().build())
            .field("s", Schema.OPTIONAL_STRING_SCHEMA)
            .field("t", Schema.OPTIONAL_STRING_SCHEMA)
            .field("numText", Schema.OPTIONAL_STRING_SCHEMA)
            .field("dayText", Schema.OPTIONAL_STRING_SCHEMA)
            .field("b", Schema.OPTIONAL_BOOLEAN_SCHEMA)
            .field("bytes", Schema.OPTIONAL_BYTES_SCHEMA)
            .field(
                    "list",
                    SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                            .optional()
                            .build())
            .field("day", Date.builder().optional().build())
            .field("in", INNER)
            .build();

    private static final RecordTypes TYPES = RecordTypes.of(SCHEMA, null, Set.of("absent", "deep", "z"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void compiledConditionAnswersAsCelDoes(long seed) {
        compare(seed, 250);
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void manyCompiledConditionsAnswerAsCelDoes(long seed) {
        compare(seed, 2_500);
    }

    private static void compare(long seed, int count) {
        Random random = new Random(seed);
        RandomConditions conditions = new RandomConditions(random);
        Map<Verdict.Kind, Integer> seen = new EnumMap<>(Verdict.Kind.class);
        int compared = 0;
        int covered = 0;
        for (int i = 0; i < count; i++) {
            String text = conditions.next();
            for (Schema schema : Arrays.asList(SCHEMA, null)) {
                Optional<CelAbstractSyntaxTree> checked = check(text, schema == null ? RecordTypes.UNKNOWN : TYPES);
                if (checked.isEmpty()) {
                    continue;
                }
                compared++;
                Optional<Evaluator> closures = ClosureCompiler.compile(checked.get(), schema, null)
                        .map(root -> new ClosureEvaluator(root, true));
                covered += closures.isPresent() ? 1 : 0;
                Evaluator cel = CelEvaluator.of(checked.get());
                for (int r = 0; r < RECORDS; r++) {
                    SourceRecord record = record(random, schema);
                    Verdict expected = cel.evaluate(record);
                    seen.merge(expected.kind(), 1, Integer::sum);
                    if (closures.isPresent()) {
                        assertThat(closures.get().evaluate(record).kind())
                                .as("seed %s: %s over %s, where CEL says %s", seed, text, record, expected)
                                .isEqualTo(expected.kind());
                    }
                }
            }
        }
        // A generator that makes only invalid rules would prove nothing.
        assertThat(compared).isGreaterThan(count / 2);
        assertThat(covered).isGreaterThan(compared * 8 / 10);
        assertThat(seen.keySet()).containsExactlyInAnyOrder(Verdict.Kind.values());
        assertThat(seen.values()).allMatch(times -> times > 50);
    }

    private static Optional<CelAbstractSyntaxTree> check(String text, RecordTypes types) {
        try {
            return Optional.of(ConditionCompiler.compile(ConditionText.whole("rule", text), types));
        } catch (ConditionSyntaxException e) {
            return Optional.empty();
        }
    }

    private static SourceRecord record(Random random, @Nullable Schema schema) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (Field field : SCHEMA.fields()) {
            fields.put(field.name(), value(random, field.name()));
        }
        Struct inner = random.nextInt(3) == 0
                ? null
                : new Struct(INNER).put("y", one(random, "a", "b", null)).put("n", one(random, 1, 2, null));
        Object value;
        if (schema != null) {
            Struct struct = new Struct(schema);
            fields.forEach(struct::put);
            value = struct.put("in", inner);
        } else {
            Map<String, @Nullable Object> map = new HashMap<>(fields);
            map.put("in", inner == null ? null : asMap(inner));
            // A map need not have what others of its kind have, and what it has may be of another kind.
            map.keySet().removeIf(name -> random.nextInt(8) == 0);
            if (random.nextInt(4) == 0) {
                map.put("l", one(random, "1", 2, 2.5, true));
            }
            value = random.nextInt(20) == 0 ? null : map;
        }
        SourceRecord record = new SourceRecord(
                Map.of("p", "1"),
                Map.of("o", 1L),
                "ab",
                null,
                null,
                one(random, "a", "b", null),
                schema,
                value,
                one(random, 0L, 1_900_000_000_000L, null));
        record.headers().add("h", one(random, "a", "AB"), Schema.STRING_SCHEMA);
        if (random.nextBoolean()) {
            record.headers().add("n", 2, Schema.INT32_SCHEMA).add("b", true, Schema.BOOLEAN_SCHEMA);
        }
        return record;
    }

    private static Map<String, @Nullable Object> asMap(Struct struct) {
        Map<String, @Nullable Object> map = new HashMap<>();
        struct.schema().fields().forEach(field -> map.put(field.name(), struct.get(field)));
        return map;
    }

    private static @Nullable Object value(Random random, String field) {
        return switch (field) {
            case "i" -> one(random, (short) 0, (short) 1, (short) 2, null);
            case "l" -> one(random, 0L, 1L, 2L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, null);
            case "d" -> one(random, 0.0, -0.0, 1.5, 2.0, Double.NaN, Double.POSITIVE_INFINITY, 0x1p63, null);
            case "dec" -> one(random, new BigDecimal("1.5"), new BigDecimal("2.0"), null);
            case "s", "t" -> one(random, "a", "b", "ab", "AB", "", " ", "\uD83D\uDE00", "2", null);
            case "numText" -> one(random, "1", "2.0", " 2 ", "x", "", null);
            case "dayText" -> one(random, "2026-01-31", "2026-02-01T23:00:00-02:00", "x", null);
            case "b" -> one(random, true, false, null);
            case "bytes" -> one(random, new byte[0], new byte[] {1}, null);
            case "list" -> one(random, List.of("a", "b"), List.of(), listWithNull(), null);
            case "day" ->
                one(
                        random,
                        java.util.Date.from(LocalDate.of(2026, 1, 31)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()),
                        null);
            default -> null;
        };
    }

    private static List<@Nullable String> listWithNull() {
        List<@Nullable String> list = new ArrayList<>();
        list.add(null);
        list.add("a");
        return list;
    }

    @SafeVarargs
    private static <T> @Nullable T one(Random random, @Nullable T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
