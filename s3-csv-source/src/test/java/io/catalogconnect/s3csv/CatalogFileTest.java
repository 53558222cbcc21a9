package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** The sample that the project ships, and the real catalogue if it is there. */
final class CatalogFileTest {

    private static final Path SAMPLE = Path.of("..", "config", "sample", "product_catalog.csv");
    /** The real catalogue is not part of the repository. The variable is that of {@code .ci/run}. */
    private static final Path REAL =
            Path.of(System.getenv().getOrDefault("CATALOG_CSV", "../../shared/data/product_catalog.csv"));

    @Test
    void sampleHas200RowsOfWhichTeamAGets150AndTeamB5() throws IOException, InterruptedException {
        assertRows(SAMPLE, new Counts(200, 150, 5, 10, 30));
    }

    @Test
    void realCatalogueHas1000RowsOfWhichTeamAGets740AndTeamB28() throws IOException, InterruptedException {
        assumeThat(REAL)
                .as(
                        "SKIPPED: the real catalogue is not at %s",
                        REAL.toAbsolutePath().normalize())
                .isRegularFile();
        assertRows(REAL, new Counts(1000, 740, 28, 71, 163));
    }

    private record Counts(int rows, int withImage, int samsung, int withoutComment, int withoutDescription) {}

    private static void assertRows(Path file, Counts expected) throws IOException, InterruptedException {
        MemoryStore store = new MemoryStore();
        store.put("catalog/dt=2026-01-31/product_catalog.csv", Files.readAllBytes(file), Instant.EPOCH);
        S3CsvSourceTask task = new S3CsvSourceTask(config -> store, Clock.systemUTC(), new Random(1));
        task.initialize(new FakeWorker(false));
        task.start(Map.of(
                "s3.bucket",
                MemoryStore.BUCKET,
                "topic",
                "products.raw",
                "columns",
                "brand:string,category_id:int64,comment:string?,currency:string,description:string?,image:string?,"
                        + "year_release:int64",
                "file.date.pattern",
                "dt=(?<date>\\d{4}-\\d{2}-\\d{2})",
                "file.date.column",
                "catalog_date"));

        List<Struct> rows = new ArrayList<>();
        List<SourceRecord> batch = task.poll();
        while (batch != null) {
            batch.forEach(record -> rows.add((Struct) record.value()));
            batch = task.poll();
        }
        task.stop();

        assertThat(rows).doesNotHaveDuplicates();
        assertThat(new Counts(
                        rows.size(),
                        count(rows, row -> !withoutImage(row)),
                        count(
                                rows,
                                row -> withoutImage(row)
                                        && row.getInt64("year_release") > 2000
                                        && row.getString("brand").equals("Samsung")),
                        count(rows, row -> row.get("comment") == null),
                        count(rows, row -> row.get("description") == null)))
                .isEqualTo(expected);
    }

    /** Without an image, or with one of spaces only. */
    private static boolean withoutImage(Struct row) {
        String image = row.getString("image");
        return image == null || image.isBlank();
    }

    private static int count(List<Struct> rows, Predicate<Struct> condition) {
        return Math.toIntExact(rows.stream().filter(condition).count());
    }
}
