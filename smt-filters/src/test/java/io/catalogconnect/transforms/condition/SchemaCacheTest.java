package io.catalogconnect.transforms.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaCacheTest {
    private final AtomicInteger made = new AtomicInteger();

    /** If more schemas are used in turn than fit, more than half are still found. */
    @ParameterizedTest
    @CsvSource({"1, 1", "65, 65", "512, 512", "600, 2500"})
    void schemasInTurnAreFound(int schemas, int most) {
        SchemaCache<Integer> cache = new SchemaCache<>(512, (value, key) -> made.incrementAndGet());
        List<Schema> all =
                IntStream.range(0, schemas).mapToObj(SchemaCacheTest::schema).toList();
        for (int round = 0; round < 10; round++) {
            all.forEach(schema -> cache.get(schema, null));
        }
        assertThat(made.get()).isBetween(schemas, most);
    }

    @Test
    void equalSchemasShareAnEntry() {
        SchemaCache<Integer> cache = new SchemaCache<>(4, (value, key) -> made.incrementAndGet());
        assertThat(cache.get(schema(1), schema(2))).isEqualTo(1);
        assertThat(cache.get(schema(1), schema(2))).isEqualTo(1);
        assertThat(cache.get(schema(1), schema(3))).isEqualTo(2);
        assertThat(cache.get(schema(1), null)).isEqualTo(3);
        assertThat(cache.get(null, null)).isEqualTo(4);
    }

    @Test
    void schemasThatDifferInADefaultOrBelowTheFirstLevelHaveTheirOwnEntries() {
        SchemaCache<Integer> cache = new SchemaCache<>(9, (value, key) -> made.incrementAndGet());
        for (Schema field : List.of(
                Schema.STRING_SCHEMA,
                Schema.INT8_SCHEMA,
                SchemaBuilder.string().defaultValue("a").build(),
                SchemaBuilder.string().defaultValue("b").build(),
                SchemaBuilder.array(Schema.STRING_SCHEMA).build(),
                SchemaBuilder.array(Schema.INT8_SCHEMA).build(),
                SchemaBuilder.map(Schema.STRING_SCHEMA, schema(1)).build(),
                SchemaBuilder.map(Schema.STRING_SCHEMA, schema(2)).build())) {
            cache.get(SchemaBuilder.struct().field("x", field).build(), null);
        }
        assertThat(made.get()).isEqualTo(8);
    }

    private static Schema schema(int number) {
        return SchemaBuilder.struct()
                .name("S")
                .version(number)
                .field("x", Schema.STRING_SCHEMA)
                .build();
    }
}
