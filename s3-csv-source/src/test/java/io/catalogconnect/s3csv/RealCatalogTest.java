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
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** The file that the pipeline exists for, where it lies beside the project. */
class RealCatalogTest {

    private static final Path FILE = Path.of("..", "..", "shared", "data", "product_catalog.csv");

    @Test
    void hasAThousandRowsOfWhichTeamAGets740AndTeamB28() throws IOException, InterruptedException {
        assumeThat(FILE)
                .as(
                        "SKIPPED: the real catalogue is not at %s",
                        FILE.toAbsolutePath().normalize())
                .isRegularFile();
        MemoryStore store = new MemoryStore();
        store.put("catalog/dt=2026-01-31/product_catalog.csv", Files.readAllBytes(FILE), Instant.EPOCH);
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

        assertThat(rows).hasSize(1000).doesNotHaveDuplicates();
        assertThat(rows).filteredOn(row -> row.get("image") != null).hasSize(740);
        assertThat(rows)
                .filteredOn(row -> row.get("image") == null
                        && row.getInt64("year_release") > 2000
                        && row.getString("brand").equals("Samsung"))
                .hasSize(28);
        assertThat(rows).filteredOn(row -> row.get("comment") == null).hasSize(71);
        assertThat(rows).filteredOn(row -> row.get("description") == null).hasSize(163);
    }
}
