package io.catalogconnect.benchmarks.connectors;

import io.catalogconnect.testkit.ProductSchema;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The values of the main job's records, as {@code config/connectors/catalog-source.json} declares them. */
public final class CatalogValues {
    /** The schema of every value. */
    public static final Schema SCHEMA =
            ProductSchema.builder().field("catalog_date", Date.SCHEMA).build();

    private CatalogValues() {}

    /** The value of a row of seven cells. */
    public static Struct of(List<String> cells, LocalDate date) {
        return new Struct(SCHEMA)
                .put("brand", cells.get(0))
                .put("category_id", Long.valueOf(cells.get(1)))
                .put("comment", nullIfEmpty(cells.get(2)))
                .put("currency", cells.get(3))
                .put("description", nullIfEmpty(cells.get(4)))
                .put("image", nullIfEmpty(cells.get(5)))
                .put("year_release", Long.valueOf(cells.get(6)))
                .put(
                        "catalog_date",
                        java.util.Date.from(date.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    private static @Nullable String nullIfEmpty(String cell) {
        return cell.isEmpty() ? null : cell;
    }
}
