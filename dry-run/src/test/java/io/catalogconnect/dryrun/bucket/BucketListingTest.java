package io.catalogconnect.dryrun.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.dryrun.bucket.BucketListing.Item;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.testkit.MovableClock;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BucketListingTest {
    private static final Instant MODIFIED = Instant.parse("2026-02-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the files that the source does not read, and of those that it reads later, the listing has the latter. */
    @Test
    void objectsThatTheSourceReadsAreListedWithTheirDatesAndLanes() throws Exception {
        SourceSettings settings = SourceSettings.parse(config(Map.of("object.min.age.ms", "60000")));
        List<Item> items = BucketListing.items(
                settings.discovery(),
                new TwoPages(
                        List.of("catalog/dt=2026-11-02/b.csv", "catalog/dt=2026-11-02/_SUCCESS"),
                        List.of("catalog/dt=2026-11-01/a.csv", "catalog/undated.csv")),
                new MovableClock(MODIFIED));
        assertThat(items)
                .containsExactly(
                        new Item("s3://b/catalog/dt=2026-11-01/a.csv", "e", 7, MODIFIED.toString(), "2026-11-01", 26),
                        new Item("s3://b/catalog/dt=2026-11-02/b.csv", "e", 7, MODIFIED.toString(), "2026-11-02", 23),
                        new Item("s3://b/catalog/undated.csv", "e", 7, MODIFIED.toString(), "", 29));
    }

    @Test
    void bucketThatCannotBeReadIsAnError() throws Exception {
        JsonNode answer = JSON.readTree(BucketListing.answer(JSON.writeValueAsString(config(Map.of()))));
        assertThat(answer.path("error").asText()).contains("127.0.0.1:1");
        assertThat(JSON.readTree(BucketListing.answer("{}")).path("error").asText())
                .contains("s3.bucket");
    }

    private static Map<String, String> config(Map<String, String> changes) throws Exception {
        Map<String, String> config = new TreeMap<>();
        JSON.readTree(Path.of("../config/connectors/replace/catalog-source.json")
                        .toFile())
                .path("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        config.put("s3.bucket", "b-c");
        config.put("s3.endpoint", "http://127.0.0.1:1");
        config.put("s3.access.key.id", "a");
        config.put("s3.secret.access.key", "b");
        config.putAll(changes);
        return config;
    }

    /** A bucket whose listing has two pages. */
    private record TwoPages(List<String> first, List<String> second) implements ObjectStore {
        @Override
        public Page list(String prefix, @Nullable String continuation) {
            assertThat(prefix).isEqualTo("catalog/");
            List<String> keys = continuation == null ? first : second;
            return new Page(
                    keys.stream()
                            .map(key -> new ObjectRef("b", key, "e", 7, MODIFIED))
                            .toList(),
                    continuation == null ? "2" : null);
        }

        @Override
        public InputStream open(ObjectRef object, long from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
