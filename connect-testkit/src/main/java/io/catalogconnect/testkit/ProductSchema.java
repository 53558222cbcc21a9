package io.catalogconnect.testkit;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The schema of a row of the product catalogue, with the columns of {@code config/connectors/catalog-source.json}. */
public final class ProductSchema {
    private ProductSchema() {}

    /** The seven columns of the file. The caller may add further fields. */
    public static SchemaBuilder builder() {
        return SchemaBuilder.struct()
                .name("io.catalogconnect.Product")
                .field("brand", Schema.STRING_SCHEMA)
                .field("category_id", Schema.INT64_SCHEMA)
                .field("comment", Schema.OPTIONAL_STRING_SCHEMA)
                .field("currency", Schema.STRING_SCHEMA)
                .field("description", Schema.OPTIONAL_STRING_SCHEMA)
                .field("image", Schema.OPTIONAL_STRING_SCHEMA)
                .field("year_release", Schema.INT64_SCHEMA);
    }
}
