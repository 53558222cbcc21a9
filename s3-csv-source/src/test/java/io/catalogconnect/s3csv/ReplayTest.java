package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are read again because a person sets their offsets while the connector is stopped. */
class ReplayTest {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "copy.topics", "team-a",
            "object.events.topic", "events",
            "object.end.markers", "true",
            "object.order", "modified",
            "offsets.late.window.ms", "3600000",
            "columns", "brand:string,category_id:int64",
            "poll.interval.ms", "1"));
    private Polling polling = polling(false);

    @Test
    void nullOffsetReplaysTheObjectAndItsMarkerAndNoOther() throws InterruptedException {
        properties.remove("offsets.late.window.ms");
        properties.remove("object.events.topic");
        put("a.csv", 1);
        put("b.csv", 2);
        run();
        patch("a.csv", null);

        assertThat(run())
                .allSatisfy(record -> assertThat(record.key()).isEqualTo("a.csv"))
                .extracting(Markers::text)
                .containsExactly("team-a row", "raw row", "team-a end", "raw end");
        assertThat(run()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectBelowItsWatermarkIsReadAgainOnceFromAnOffsetThatIsSet(boolean transactional)
            throws InterruptedException {
        polling = polling(transactional);
        for (int i = 1; i < 200; i++) {
            put("old/" + i + ".csv", i);
        }
        ObjectRef object = put("a.csv", 0);
        run();
        assertThat(objects()).isEmpty();
        patch("a.csv", firstByteOf(object.etag()));
        store.openings.clear();

        List<SourceRecord> again = run();

        assertThat(again)
                .filteredOn(record -> !record.topic().equals("events"))
                .allSatisfy(record -> assertThat(record.key()).isEqualTo("a.csv"))
                .extracting(Markers::text)
                .containsExactly("team-a row", "raw row", "team-a end", "raw end");
        assertThat(store.openings).containsExactly("a.csv@0");
        assertThat(objects()).isEmpty();
        assertThat(run()).isEmpty();
        assertThat(store.openings).hasSize(1);
    }

    @Test
    void objectBelowItsWatermarkThatCouldNotBeOpenedIsReadLaterOnce() throws InterruptedException {
        polling = polling(true);
        ObjectRef object = put("a.csv", 1);
        run();
        patch("a.csv", firstByteOf(object.etag()));
        store.keepListed("a.csv");
        store.openings.clear();
        S3CsvSourceTask task = polling.task();
        polling.runUntilIdle(task, new ArrayList<>());
        assertThat(store.openings).hasSizeGreaterThan(1);
        store.repair("a.csv");

        List<SourceRecord> records = new ArrayList<>();
        polling.runUntilIdle(task, records);

        assertThat(Polling.ids(records)).containsExactly(1L);
        assertThat(objects()).isEmpty();
    }

    @Test
    void replayContinuesAfterACrash() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        ObjectRef object = put("a.csv", 1, 2, 3);
        run();
        patch("a.csv", firstByteOf(object.etag()));
        List<SourceRecord> before = new ArrayList<>(Polling.poll(polling.task()));
        polling.worker().deliver(before);
        polling.worker().commit();
        polling.worker().crash();

        List<SourceRecord> after = run();

        assertThat(Polling.ids(before)).isEmpty();
        assertThat(Polling.ids(after)).containsExactly(1L, 2L, 3L);
        patch("a.csv", firstByteOf(object.etag()));
        S3CsvSourceTask task = polling.task();
        for (int batch = 0; batch < 3; batch++) {
            polling.worker().deliver(Polling.poll(task));
        }
        polling.worker().commit();
        polling.worker().crash();
        assertThat(Polling.ids(run())).containsExactly(3L);
        assertThat(objects()).isEmpty();
    }

    @Test
    void offsetInADeletedVersionReadsTheCurrentVersionFromItsStart() throws InterruptedException {
        put("a.csv", 1);
        run();
        patch("a.csv", firstByteOf("another"));

        assertThat(Polling.ids(run())).containsExactly(1L);
        assertThat(run()).isEmpty();
    }

    /** What the documentation says, so that nobody waits for rows that do not come. */
    @Test
    void nullOffsetChangesNothingForAnObjectBelowItsWatermark() throws InterruptedException {
        put("a.csv", 1);
        run();
        patch("a.csv", null);

        assertThat(run()).isEmpty();
    }

    @Test
    void bothRecipesOfTheDocumentationReplayAnObject() throws IOException, InterruptedException {
        String key = "catalog/dt=2026-11-01/products.csv";
        List<JsonNode> recipes = new ArrayList<>();
        Matcher bodies = Pattern.compile("PATCH \\S+/catalog-source/offsets [^']*'[^']*' --data '([^']*)'")
                .matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        while (bodies.find()) {
            recipes.add(
                    new ObjectMapper().readTree(bodies.group(1)).get("offsets").get(0));
        }
        assertThat(recipes)
                .hasSize(2)
                .allSatisfy(recipe ->
                        assertThat(recipe.at("/partition/object").asText()).isEqualTo("s3://catalog/" + key));

        put(key, 1);
        properties.put("offsets.late.window.ms", "-1");
        run();
        assertThat(recipes.get(0).get("offset").isNull()).isTrue();
        patch(key, null);
        assertThat(Polling.ids(run())).containsExactly(1L);
        properties.put("offsets.late.window.ms", "0");
        run();
        assertThat(objects()).isEmpty();
        patch(key, new ObjectMapper().convertValue(recipes.get(1).get("offset"), new TypeReference<>() {}));
        assertThat(Polling.ids(run())).containsExactly(1L);
        assertThat(objects()).isEmpty();
    }

    private Polling polling(boolean transactional) {
        return new Polling(store, properties, new MovableClock(), new FakeWorker(transactional));
    }

    /** What a new task sends until nothing moves any more. */
    private List<SourceRecord> run() throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        S3CsvSourceTask task = polling.task();
        polling.runUntilIdle(task, records);
        task.stop();
        return records;
    }

    /** What {@code PATCH /connectors/<name>/offsets} does. */
    private void patch(String key, @Nullable Map<String, Object> offset) {
        Map<String, String> partition = Map.of("object", "s3://catalog/" + key);
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(partition, offset);
        assertThat(new S3CsvSourceConnector().alterOffsets(properties, offsets)).isTrue();
        polling.worker().store(partition, offset);
    }

    private static Map<String, Object> firstByteOf(String etag) {
        return Map.of("v", 1, "etag", etag, "size", 0, "lm", 0, "byte", 0, "row", 0, "st", "open");
    }

    /** The entries that are stored and no lane's. */
    private List<String> objects() {
        return polling.worker().stored().keySet().stream()
                .filter(partition -> partition.contains("object="))
                .toList();
    }

    private ObjectRef put(String key, int... ids) {
        StringBuilder text = new StringBuilder("brand,category_id\n");
        for (int id : ids) {
            text.append("HP,").append(id).append('\n');
        }
        return store.put(key, text.toString().getBytes(UTF_8), NOW.minus(Duration.ofDays(2)));
    }
}
