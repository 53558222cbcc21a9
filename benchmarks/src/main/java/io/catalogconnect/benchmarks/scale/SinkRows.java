package io.catalogconnect.benchmarks.scale;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The values that a sink is given. Their column {@code catalog_date} is the partition column. */
@FunctionalInterface
interface SinkRows {

    /** Four columns, of about 750 bytes. Each value is a new one. */
    SinkRows CATALOGUE = new SinkRows() {
        private static final Schema ROW = SchemaBuilder.struct()
                .field("brand", Schema.STRING_SCHEMA)
                .field("category_id", Schema.INT64_SCHEMA)
                .field("description", Schema.STRING_SCHEMA)
                .field("catalog_date", org.apache.kafka.connect.data.Date.SCHEMA)
                .build();
        private static final String DESCRIPTION = "A product of the catalogue with a text of usual length. ".repeat(13);

        @Override
        public Struct row(long offset, long daysAgo) {
            return new Struct(ROW)
                    .put("brand", "brand " + offset % 7)
                    .put("category_id", offset)
                    .put("description", DESCRIPTION)
                    .put("catalog_date", date(daysAgo));
        }
    };

    /** The value of the record at an offset. */
    Struct row(long offset, long daysAgo);

    /** A day before today, which BigQuery accepts up to ten years back. */
    static Date date(long daysAgo) {
        return Date.from(LocalDate.now(ZoneOffset.UTC)
                .minusDays(daysAgo)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
    }
}
