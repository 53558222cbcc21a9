package io.catalogconnect.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Values with any number of columns, which are made in advance, so that the cost of a run is the sink's. There are about 40,000
 * cells, whatever the number of columns is, so that the processor's caches hold the same share of them.
 */
final class WideRows implements SinkRows {

    private static final int CELLS = 40_000;
    private static final String TEXT =
            "A product of the catalogue with a text of usual length, which has about as many characters as this one, ";
    private static final String SHORT_TEXT = "A text with a comma, and a \"word\" in quotes, ";

    private final int dates;
    private final List<Struct> rows = new ArrayList<>();

    /** @param columns number of columns, with the date */
    WideRows(int columns, int dates) {
        this.dates = dates;
        Schema schema = schema(columns);
        int variants = Math.max(1, CELLS / columns / dates);
        for (int row = 0; row < variants * dates; row++) {
            rows.add(row(schema, row).put("catalog_date", SinkRows.date(row % dates)));
        }
    }

    /** The types of {@link GeneratedObjects}, in turn. */
    private static Schema schema(int columns) {
        SchemaBuilder builder = SchemaBuilder.struct();
        for (int column = 0; column < columns - 1; column++) {
            builder.field(
                    "c" + column,
                    switch (column % 5) {
                        case 0 -> Schema.INT64_SCHEMA;
                        case 1 -> Schema.STRING_SCHEMA;
                        case 2 -> Schema.FLOAT64_SCHEMA;
                        default -> Schema.OPTIONAL_STRING_SCHEMA;
                    });
        }
        return builder.field("catalog_date", Date.SCHEMA).build();
    }

    private static Struct row(Schema schema, int number) {
        Struct row = new Struct(schema);
        for (int column = 0; column < schema.fields().size() - 1; column++) {
            row.put(
                    "c" + column,
                    switch (column % 5) {
                        case 0 -> (long) number + column;
                        case 1 -> TEXT + number;
                        case 2 -> number + 0.5;
                        case 3 -> SHORT_TEXT + number;
                        default -> null;
                    });
        }
        return row;
    }

    @Override
    public Struct row(long offset, long daysAgo) {
        int variants = rows.size() / dates;
        return rows.get((int) (offset % variants * dates + daysAgo));
    }
}
