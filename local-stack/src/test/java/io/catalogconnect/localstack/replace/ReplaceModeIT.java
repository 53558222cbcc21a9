package io.catalogconnect.localstack.replace;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.wait.Wait;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code write.mode=replace} from the bucket to the tables, while somebody reads them all the time. */
final class ReplaceModeIT {

    private static final String RAW = "products_raw";
    private static final String TEAM_A = "products_team_a";
    private static final String TEAM_B = "products_team_b";
    private static final String WHOLE = "products_whole";
    private static final List<Catalogue> DELIVERED = new ArrayList<>();

    @TempDir
    static Path directory;

    private static ReplacingPipeline pipeline;
    private static List<Watcher> watchers;

    @BeforeAll
    static void start() throws Exception {
        pipeline = ReplacingPipeline.start(directory, Map.of("replace.min.interval.ms", "0"));
        watchers = new ArrayList<>(List.of(
                watch(RAW, WholeVersions.ofObjects(Catalogue::rows)),
                watch(TEAM_A, WholeVersions.ofObjects(catalogue -> catalogue.image() ? catalogue.rows() : 0))));
    }

    @AfterAll
    static void stop() throws Exception {
        for (Watcher watcher : watchers) {
            watcher.stop();
        }
        pipeline.close();
        for (Watcher watcher : watchers) {
            assertThat(watcher.violations()).isEmpty();
            assertThat(watcher.changes())
                    .as("changes in %d looks", watcher.looks())
                    .isPositive();
        }
    }

    @Test
    void correctedFileReplacesItsPartitionAndTheSameFileAgainStartsNoJob() throws Exception {
        Catalogue first = Catalogue.of("2026-01-01", "products", 1, 300);
        Catalogue other = Catalogue.of("2026-01-01", "more", 1, 100);
        deliver(first, other);
        assertThat(shown(RAW, "2026-01-01")).isEqualTo(Shown.exactly(first, other));

        Catalogue fewer = Catalogue.of("2026-01-01", "products", 2, 200);
        deliver(fewer);
        assertThat(shown(RAW, "2026-01-01")).isEqualTo(Shown.exactly(fewer, other));
        assertThat(shown(TEAM_A, "2026-01-01")).isEqualTo(Shown.exactly(fewer, other));

        long jobs = pipeline.jobs(RAW);
        Catalogue later = Catalogue.of("2026-02-01", "later", 1, 1);
        pipeline.putAgain(fewer);
        deliver(later); // seen by the same listing, or one that comes after
        assertThat(pipeline.jobs(RAW)).isEqualTo(jobs + 1);
        assertThat(shown(RAW, "2026-02-01")).isEqualTo(Shown.exactly(later));

        Catalogue noneForTheTeam = Catalogue.of("2026-01-01", "products", 3, 50).withoutImages();
        deliver(noneForTheTeam);
        assertThat(shown(RAW, "2026-01-01")).isEqualTo(Shown.exactly(noneForTheTeam, other));
        assertThat(shown(TEAM_A, "2026-01-01")).isEqualTo(Shown.exactly(other));
    }

    @Test
    void newerVersionWithAMalformedRowAndTheDeletionOfAnObjectChangeNothing() throws Exception {
        Catalogue first = Catalogue.of("2026-04-01", "products", 1, 90);
        deliver(first);
        long jobs = pipeline.jobs(RAW);
        pipeline.putBroken(Catalogue.of("2026-04-01", "products", 2, 80));
        assertThat(shown(RAW, "2026-04-01")).isEqualTo(Shown.exactly(first));
        assertThat(pipeline.jobs(RAW)).isEqualTo(jobs);

        Catalogue corrected = Catalogue.of("2026-04-01", "products", 3, 70);
        expect(corrected);
        List<Delivered> delivered = pipeline.put(corrected);
        pipeline.restartSource();
        pipeline.await(delivered);
        assertThat(shown(RAW, "2026-04-01")).isEqualTo(Shown.exactly(corrected));

        pipeline.delete(delivered.get(0));
        deliver(Catalogue.of("2026-04-02", "later", 1, 1)); // seen by a listing that does not show the other
        assertThat(shown(RAW, "2026-04-01")).isEqualTo(Shown.exactly(corrected));
        assertThat(shown(TEAM_A, "2026-04-01")).isEqualTo(Shown.exactly(corrected));
        assertThat(pipeline.jobs(RAW)).isEqualTo(jobs + 2);
    }

    @Test
    void datesArriveTogetherAndSomeAreCorrected() throws Exception {
        Catalogue[] first = month(6, 1).limit(4).toArray(Catalogue[]::new);
        deliver(first);
        assertThat(shown(RAW, "2026-06")).isEqualTo(Shown.exactly(first));

        Catalogue[] corrected = month(6, 2).limit(2).toArray(Catalogue[]::new);
        deliver(corrected);
        System.arraycopy(corrected, 0, first, 0, corrected.length);
        assertThat(shown(RAW, "2026-06")).isEqualTo(Shown.exactly(first));
        assertThat(shown(TEAM_A, "2026-06")).isEqualTo(Shown.exactly(first));
    }

    @Test
    @Tag("soak")
    void thirtyDatesArriveTogetherAndAllAreCorrected() throws Exception {
        for (int version = 1; version <= 2; version++) {
            Catalogue[] month = month(9, version).toArray(Catalogue[]::new);
            deliver(month);
            assertThat(shown(RAW, "2026-09")).isEqualTo(Shown.exactly(month));
        }
    }

    private static Stream<Catalogue> month(int month, int version) {
        return IntStream.rangeClosed(1, 30)
                .mapToObj(day -> new Catalogue(LocalDate.of(2026, month, day), "daily", version, 40 - version, true));
    }

    @Test
    void newDatasetReplacesAWholeTable() throws Exception {
        WholeVersions oneDataset = WholeVersions.ofTheTable();
        oneDataset.expect(DELIVERED.toArray(Catalogue[]::new)); // the sink reads all that the topic holds
        watchers.add(watch(WHOLE, oneDataset));
        ReplacingPipeline whole = pipeline.andWholeTable(WHOLE);
        Catalogue first = Catalogue.of("2026-12-01", "whole", 1, 120);
        expect(first);
        whole.deliver(first);
        assertThat(whole.shown(WHOLE)).isEqualTo(Shown.exactly(first));

        Catalogue second = Catalogue.of("2026-12-02", "whole", 2, 80);
        expect(second);
        whole.deliver(second);
        assertThat(whole.shown(WHOLE)).isEqualTo(Shown.exactly(second));
        whole.stack().connect().delete(whole.job().sink().name());
    }

    @Test
    void dateIsReplayedAsTheOperationsGuideSays() throws Exception {
        Catalogue products = Catalogue.of("2026-11-01", "products", 1, 60);
        pipeline.stopSource();
        pipeline.ruleOfTeamB("value.category_id < 10");
        pipeline.resumeSource();
        deliver(products);
        assertThat(shown(TEAM_B, "2026-11-01").rows()).containsExactly(Map.entry("2026-11-01/products#1", 10L));
        long jobs = pipeline.jobs(RAW);
        CurlBlock guide = CurlBlock.read(
                Path.of("..", "docs", "operations.md"),
                "Replaying a date",
                pipeline.stack().endpoints().connect());
        assertThat(guide.size()).isEqualTo(5);

        assertThat(guide.send(0).statusCode()).isEqualTo(204);
        assertThat(guide.send(1).body()).contains("{\"object\":\"s3://catalog/catalog/dt=2026-11-01/products.csv\"}");
        HttpResponse<String> forgotten = guide.send(2);
        Wait patience = Wait.upTo(Duration.ofMinutes(2));
        while (forgotten.statusCode() != 200) { // until its tasks have stopped
            assertThat(patience.isOver()).as(forgotten.body()).isFalse();
            patience.pause();
            forgotten = guide.send(2);
        }
        assertThat(forgotten.body()).contains("The offsets for this connector have been altered successfully");
        pipeline.ruleOfTeamB("value.category_id < 4");
        assertThat(guide.send(3).statusCode()).isEqualTo(202);
        pipeline.deliver(products);

        assertThat(shown(TEAM_B, "2026-11-01").rows()).containsExactly(Map.entry("2026-11-01/products#1", 4L));
        assertThat(shown(RAW, "2026-11-01")).isEqualTo(Shown.exactly(products));
        assertThat(pipeline.jobs(RAW)).isEqualTo(jobs + 1);
        pipeline.stopSource();
        pipeline.stack().deploy(pipeline.job().connectors());
        pipeline.resumeSource();
    }

    private static Watcher watch(String table, WholeVersions allowed) {
        return new Watcher(pipeline.stack().dataset(), table, allowed);
    }

    private static void expect(Catalogue... catalogues) {
        watchers.forEach(watcher -> watcher.expect(catalogues));
        DELIVERED.addAll(List.of(catalogues));
    }

    private static void deliver(Catalogue... catalogues) throws Exception {
        expect(catalogues);
        pipeline.deliver(catalogues);
    }

    private static Shown shown(String table, String dates) throws InterruptedException {
        return pipeline.shown(table).of(dates);
    }
}
