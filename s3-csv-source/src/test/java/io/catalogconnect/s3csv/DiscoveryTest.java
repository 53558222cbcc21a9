package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.assign.Discovery;
import io.catalogconnect.s3csv.assign.LaneAssigner;
import io.catalogconnect.s3csv.assign.Retirement;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.metrics.Counters;
import io.catalogconnect.s3csv.object.PrefixTemplate;
import io.catalogconnect.s3csv.object.Retries;
import io.catalogconnect.s3csv.object.RetryPolicy;
import io.catalogconnect.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects a task finds, when, and in which order. */
class DiscoveryTest {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "poll.interval.ms", "1"));
    private final Polling polling = new Polling(store, properties);

    @Test
    void onlyTheLastDaysAreListedWhenThePrefixHasADate() throws InterruptedException {
        properties.put("s3.prefix", "catalog/dt={yyyy-MM-dd}/");
        properties.put("s3.prefix.lookback.days", "2");
        put("catalog/dt=2026-02-01/a.csv", 1, NOW);
        put("catalog/dt=2026-01-30/a.csv", 2, NOW);
        put("catalog/dt=2026-01-29/a.csv", 3, NOW);

        assertThat(Polling.ids(polling.all())).containsExactly(2L, 1L);
        assertThat(store.listings)
                .startsWith("catalog/dt=2026-01-30/", "catalog/dt=2026-01-31/", "catalog/dt=2026-02-01/");
    }

    @Test
    void newDayIsListedWithoutARestart() throws InterruptedException {
        properties.put("s3.prefix", "{yyyy/MM/dd}/");
        properties.put("s3.prefix.lookback.days", "0");
        S3CsvSourceTask task = polling.task();
        assertThat(polling.all(task)).isEmpty();
        put("2026/02/02/a.csv", 7, NOW);
        assertThat(polling.all(task)).isEmpty();

        polling.clock().advance(Duration.ofDays(1));

        assertThat(Polling.ids(polling.all(task))).containsExactly(7L);
    }

    @Test
    void templateOfMonthsListsEachMonthOnce() {
        assertThat(PrefixTemplate.of("a/{yyyy-MM}/b/").prefixes(LocalDate.parse("2026-02-01"), 40))
                .containsExactly("a/2025-12/b/", "a/2026-01/b/", "a/2026-02/b/");
        assertThat(PrefixTemplate.of("plain/").prefixes(LocalDate.parse("2026-02-01"), 40))
                .containsExactly("plain/");
    }

    @ParameterizedTest
    @CsvSource({"a/{yyyy", "a/yyyy}", "}a{", "{yyyy}/{MM}", "{}", "{HH}", "{b}"})
    void invalidTemplateIsRefused(String template) {
        assertThatThrownBy(() -> PrefixTemplate.of(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyKeysOfThePatternAreRead() throws InterruptedException {
        properties.put("object.key.pattern", ".*\\.csv(\\.gz)?");
        put("a.csv", 1, NOW);
        put("a.csv.tmp", 2, NOW);
        put("_SUCCESS", 3, NOW);

        assertThat(Polling.ids(polling.all())).containsExactly(1L);
    }

    @Test
    void namedGroupsOfThePatternAreInTheHeaders() throws InterruptedException {
        properties.put(
                "object.key.pattern", "(?<shop>[a-z]+)/(?:(?<season>spring)-)?(?<=[-/])\\(\\?<no>(?<Nr1>\\d+)\\.csv");
        properties.put("object.end.markers", "true");
        put("hamburg/(?<no>17.csv", 1, NOW);

        List<SourceRecord> records = polling.all();

        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.headers().lastWithName("object.key.shop").value()).isEqualTo("hamburg");
            assertThat(record.headers().lastWithName("object.key.Nr1").value()).isEqualTo("17");
            assertThat(record.headers().lastWithName("object.key.season")).isNull();
            assertThat(record.headers().lastWithName("object.key.no")).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "in/a.csv, true",
        "in/_SUCCESS, false",
        "in/.DS_Store, false",
        "in/_temporary/0/a.csv, false",
        "in/.hidden/a.csv, false",
        "in/part/_metadata, false",
        "in/_day=1/a.csv, true",
        "in/_day=1/_SUCCESS, false",
        "in/_day=1, false",
        "in/a_b.csv, true",
        "in/a.b_, true",
        "in/day_$folder$, false",
        "in/manifest.json, false",
        "in/manifest, false",
        "in/manifest.checksum, false",
        "in/part.manifest, false",
        "in/query.csv.metadata, false",
        "in/shipping-manifest.csv, true",
        "in/manifest/a.csv, true",
        "in/manifest.csv, true",
        "in/folder/, false"
    })
    void housekeepingFilesAreLeftOut(String key, boolean read) throws InterruptedException {
        properties.put("s3.prefix", "in/");
        properties.put("object.key.pattern", ".*");
        store.put(key, "brand,category_id\nHP,1\n");

        assertThat(polling.all()).hasSize(read ? 1 : 0);

        properties.put("object.hidden", "read");
        assertThat(polling.all()).hasSize(key.endsWith("/") ? 0 : 1);
    }

    /** A folder that the prefix names is read whatever it starts with. */
    @ParameterizedTest
    @ValueSource(strings = {"_in/", "_i", "x/.in/"})
    void prefixMayStartAsAHousekeepingFile(String prefix) throws InterruptedException {
        properties.put("s3.prefix", prefix);
        properties.put("object.key.pattern", ".*");
        store.put(prefix.endsWith("/") ? prefix + "a.csv" : "_in/a.csv", "brand,category_id\nHP,1\n");

        assertThat(polling.all()).hasSize(1);
    }

    @Test
    void objectWithoutADateIsLeftOutIfToldSo() throws InterruptedException {
        properties.put("object.key.pattern", ".*");
        properties.put("file.date.pattern", "dt=(?<date>[0-9-]+)");
        properties.put("file.date.missing", "skip");
        store.put("a.csv", "brand,category_id\nHP,1\n");
        store.put("dt=2026-01-31/a.csv", "brand,category_id\nHP,2\n");

        assertThat(Polling.ids(polling.all())).containsExactly(2L);
    }

    @Test
    void intervalBetweenListingsDoublesWhileNothingNewIsFound() throws Exception {
        properties.put("poll.interval.ms", "1000");
        properties.put("poll.interval.max.ms", "6000");
        MovableClock clock = polling.clock();
        Discovery discovery = new Discovery(
                store,
                new Retries(new RetryPolicy(1, Duration.ZERO, Duration.ZERO), pause -> {}, new Random(1)),
                SourceSettings.parse(properties).discovery(),
                new LaneAssigner(1, 0),
                new Retirement(null, false, "s3://catalog/", Map.of()),
                partitions -> Map.of(),
                new Counters(),
                clock);
        List<Long> listedAt = new ArrayList<>();
        for (long second = 0; second < 40; second++) {
            int before = store.listings.size();
            discovery.next();
            if (store.listings.size() > before) {
                listedAt.add(second);
            }
            if (second == 30) {
                put("a.csv", 1, NOW);
            }
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(listedAt).containsExactly(0L, 1L, 3L, 7L, 13L, 19L, 25L, 31L, 32L, 34L, 38L);
    }

    @Test
    void objectIsReadWhenItIsOldEnough() throws InterruptedException {
        properties.put("object.min.age.ms", "60000");
        put("a.csv", 1, NOW);
        S3CsvSourceTask task = polling.task();
        assertThat(polling.all(task)).isEmpty();

        polling.clock().advance(Duration.ofMinutes(1));

        assertThat(Polling.ids(polling.all(task))).containsExactly(1L);
    }

    @Test
    void oldestObjectIsReadFirstIfConfiguredAndTheKeyDecidesWithinASecond() throws InterruptedException {
        properties.put("object.order", "modified");
        put("a.csv", 3, NOW.minusSeconds(1));
        put("c.csv", 2, NOW.minusSeconds(9));
        put("b.csv", 1, NOW.minusSeconds(9));

        assertThat(Polling.ids(polling.all())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void objectsOfTheSameSecondThatAppearLaterAreFound() throws InterruptedException {
        put("b.csv", 1, NOW);
        S3CsvSourceTask task = polling.task();
        polling.worker().deliver(polling.all(task));
        polling.worker().commit();
        put("a.csv", 2, NOW);
        put("c.csv", 3, NOW.minusSeconds(3600));

        assertThat(Polling.ids(polling.all(task))).containsExactly(2L, 3L);
    }

    @Test
    void waitingVersionIsReplacedByTheVersionThatOverwritesIt() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        put("a.csv", 1, NOW);
        put("b.csv", 2, NOW);
        S3CsvSourceTask task = polling.task();
        assertThat(Polling.ids(Polling.poll(task))).containsExactly(1L);
        put("b.csv", 3, NOW);

        assertThat(Polling.ids(polling.all(task))).containsExactly(3L);
    }

    private void put(String key, int id, Instant modified) {
        store.put(key, ("brand,category_id\nHP," + id + "\n").getBytes(UTF_8), modified);
    }
}
