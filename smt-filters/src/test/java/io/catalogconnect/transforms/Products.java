package io.catalogconnect.transforms;

import io.catalogconnect.testkit.ProductSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Catalogue rows as the source makes them: empty cells of nullable columns are null. */
public final class Products {
    public static final Schema SCHEMA = ProductSchema.builder().build();

    public static final String TEAM_A = "present(value.image)";
    public static final String TEAM_B =
            "value.brand == \"Samsung\" && value.year_release > 2000 && !present(value.image)";
    public static final String BY_TOPIC = "products.team-a: " + TEAM_A + "\nproducts.team-b: " + TEAM_B;

    /** The catalogue that the main job is for. It is not part of the project. */
    public static final Path REAL_FILE = Path.of("..", "..", "shared", "data", "product_catalog.csv");

    private Products() {}

    public static Struct product(String brand, long year, @Nullable String image) {
        return new Struct(SCHEMA)
                .put("brand", brand)
                .put("category_id", 7L)
                .put("currency", "EUR")
                .put("image", image)
                .put("year_release", year);
    }

    /** A small catalogue of every case that the two rules tell apart. */
    public static List<Struct> sample() {
        try (InputStream in = Objects.requireNonNull(Products.class.getResourceAsStream("sample-catalog.csv"))) {
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Struct> realFile() {
        try (Reader in = Files.newBufferedReader(REAL_FILE)) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Struct> read(Reader in) throws IOException {
        List<Struct> rows = new ArrayList<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        for (CSVRecord row : format.parse(in)) {
            Struct struct = new Struct(SCHEMA);
            SCHEMA.fields().forEach(field -> {
                String cell = row.get(field.name());
                if (field.schema().type() == Schema.Type.INT64) {
                    struct.put(field, Long.parseLong(cell));
                } else {
                    struct.put(field, cell.isEmpty() && field.schema().isOptional() ? null : cell);
                }
            });
            struct.validate();
            rows.add(struct);
        }
        return rows;
    }

    /** The row as schemaless JSON would bring it. */
    public static Map<String, @Nullable Object> asMap(Struct struct) {
        Map<String, @Nullable Object> map = new HashMap<>();
        struct.schema().fields().forEach(field -> map.put(field.name(), struct.get(field)));
        return map;
    }

    public static SourceRecord record(String topic, @Nullable Schema schema, @Nullable Object value) {
        return new SourceRecord(
                Map.of("object", "s3://catalog/catalog/dt=2026-01-31/products.csv"),
                Map.of("row", 17L),
                topic,
                3,
                Schema.STRING_SCHEMA,
                "catalog/dt=2026-01-31/products.csv",
                schema,
                value,
                1_700_000_000_000L);
    }

    public static SourceRecord record(String topic, Struct value) {
        return record(topic, value.schema(), value);
    }
}
