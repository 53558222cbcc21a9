package io.catalogconnect.localstack.replace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code write.mode=replace} from the bucket to the tables, while somebody reads them all the time. */
final class ReplaceModeIT {

    private static final String RAW = "products_raw";

    @TempDir
    static Path directory;

    private static ReplacingPipeline pipeline;
    private static Watcher watcher;

    @BeforeAll
    static void start() throws Exception {
        pipeline = ReplacingPipeline.start(directory, Map.of("replace.min.interval.ms", "0"));
        watcher = new Watcher(pipeline.stack().dataset(), RAW);
    }

    @AfterAll
    static void stop() throws Exception {
        watcher.stop();
        pipeline.close();
        assertThat(watcher.looks()).isPositive();
        assertThat(watcher.violations()).isEmpty();
    }

    @Test
    void aCorrectedFileTakesThePlaceOfItsPartitionAndTheSameFileAgainIsNoJob() throws Exception {
        Catalogue first = Catalogue.of("2026-01-01", "products", 1, 300);
        Catalogue other = Catalogue.of("2026-01-01", "more", 1, 100);
        deliver(first, other);
        assertThat(shown(RAW, "2026-01-01")).isEqualTo(Shown.exactly(first, other));

        Catalogue fewer = Catalogue.of("2026-01-01", "products", 2, 200);
        deliver(fewer);
        assertThat(shown(RAW, "2026-01-01")).isEqualTo(Shown.exactly(fewer, other));
        assertThat(shown("products_team_a", "2026-01-01")).isEqualTo(Shown.exactly(fewer, other));

        long jobs = pipeline.jobs(RAW);
        deliver(fewer);
        assertThat(pipeline.jobs(RAW)).isEqualTo(jobs);

        Catalogue noneForTheTeam = Catalogue.of("2026-01-01", "products", 3, 50).withoutImages();
        deliver(noneForTheTeam);
        assertThat(shown(RAW, "2026-01-01")).isEqualTo(Shown.exactly(noneForTheTeam, other));
        assertThat(shown("products_team_a", "2026-01-01")).isEqualTo(Shown.exactly(other));
    }

    @Test
    void thirtyDatesAtOnceAndAllOfThemCorrected() throws Exception {
        for (int version = 1; version <= 2; version++) {
            int number = version;
            Catalogue[] month = IntStream.rangeClosed(1, 30)
                    .mapToObj(day -> new Catalogue(LocalDate.of(2026, 6, day), "june", number, 40 - number, true))
                    .toArray(Catalogue[]::new);
            deliver(month);
            assertThat(shown(RAW, "2026-06")).isEqualTo(Shown.exactly(month));
        }
    }

    @Test
    void aNewDatasetTakesThePlaceOfAWholeTable() throws Exception {
        ReplacingPipeline whole = pipeline.andWholeTable("products_whole");
        Catalogue first = Catalogue.of("2026-09-01", "whole", 1, 120);
        watcher.expect(first);
        whole.deliver(first);
        assertThat(whole.shown("products_whole")).isEqualTo(Shown.exactly(first));

        Catalogue second = Catalogue.of("2026-09-02", "whole", 2, 80);
        watcher.expect(second);
        whole.deliver(second);
        assertThat(whole.shown("products_whole")).isEqualTo(Shown.exactly(second));
    }

    private static void deliver(Catalogue... catalogues) throws Exception {
        watcher.expect(catalogues);
        pipeline.deliver(catalogues);
    }

    private static Shown shown(String table, String dates) throws InterruptedException {
        return pipeline.shown(table).of(dates);
    }
}
