package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** Connect may call one transformation from several threads; each sees its own answers. */
final class ThreadsTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 2_000;

    @Test
    void oneFilterServesSeveralThreadsAndSchemas() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (ConditionFilter<SourceRecord> filter = new ConditionFilter<>()) {
            filter.configure(Map.of("condition", Products.TEAM_B));
            List<Future<Integer>> kept = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Schema own = schema(thread);
                kept.add(threads.submit(() -> {
                    int count = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        boolean matches = round % 3 == 0;
                        // Its own schema and one that all share, by turns: the cache is never at rest.
                        Schema schema = round % 2 == 0 ? own : Products.SCHEMA;
                        count += filter.apply(Products.record("t", row(schema, matches))) == null ? 0 : 1;
                    }
                    return count;
                }));
            }
            for (Future<Integer> count : kept) {
                assertThat(count.get(60, TimeUnit.SECONDS)).isEqualTo((ROUNDS + 2) / 3);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The fields in another order and at other places for each thread. */
    private static Schema schema(int thread) {
        SchemaBuilder builder = SchemaBuilder.struct().name("Own" + thread);
        for (int i = 0; i < thread; i++) {
            builder.field("filler" + i, Schema.OPTIONAL_INT64_SCHEMA);
        }
        return builder.field("year_release", Schema.INT64_SCHEMA)
                .field("image", Schema.OPTIONAL_STRING_SCHEMA)
                .field("brand", Schema.STRING_SCHEMA)
                .field("category_id", Schema.OPTIONAL_INT64_SCHEMA)
                .field("currency", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
    }

    private static Struct row(Schema schema, boolean matches) {
        return new Struct(schema)
                .put("brand", matches ? "Samsung" : "HP")
                .put("category_id", 1L)
                .put("currency", "EUR")
                .put("year_release", 2001L);
    }
}
