package io.catalogconnect.bigquery.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnNaming;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

final class DescriptionsTest {

    private static final Schema MAKER = SchemaBuilder.struct()
            .field("name", SchemaBuilder.string().doc("How it is called.").build())
            .doc("Who makes it.")
            .build();
    private static final Schema PRODUCT = SchemaBuilder.struct()
            .doc("A product.")
            .field("brand-name", SchemaBuilder.string().doc("The brand.").build())
            .field(
                    "price",
                    SchemaBuilder.int64().parameter("description", "In cents.").build())
            .field("maker", MAKER)
            .field("makers", SchemaBuilder.array(MAKER).doc("All of them.").build())
            .field(
                    "more",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                            .build())
            .field("year", SchemaBuilder.int64().parameter("unit", "years").build())
            .build();

    @Test
    void schemaDescribesWhatTheConfigurationOmits() {
        Descriptions none = new Descriptions("", Map.of(), ColumnNaming.ASCII);
        List<Column> columns = columns(none);

        assertThat(none.ofTable(PRODUCT)).isEqualTo("A product.");
        assertThat(columns)
                .extracting(Column::name, Column::description)
                .startsWith(
                        tuple("brand_name", "The brand."),
                        tuple("price", "In cents."),
                        tuple("maker", "Who makes it."),
                        tuple("makers", "All of them."),
                        tuple("more", ""),
                        tuple("year", ""),
                        tuple("_kafka_topic", ""));
        assertThat(columns.get(2).fields()).extracting(Column::description).containsExactly("How it is called.");
        assertThat(columns.get(3).fields()).extracting(Column::description).containsExactly("How it is called.");
    }

    @Test
    void configuredDescriptionsApplyToAllTables() {
        Descriptions configured = new Descriptions(
                "Ours.",
                Map.of("price", "In euros.", "maker.name", "Its name.", "_kafka_topic", "Whence it came."),
                ColumnNaming.ASCII);
        List<Column> columns = columns(configured);

        assertThat(configured.ofTable(PRODUCT)).isEqualTo("Ours.");
        assertThat(columns)
                .extracting(Column::description)
                .startsWith("The brand.", "In euros.", "Who makes it.", "All of them.")
                .contains("Whence it came.");
        assertThat(columns.get(2).fields()).extracting(Column::description).containsExactly("Its name.");
        assertThat(columns.get(3).fields()).extracting(Column::description).containsExactly("How it is called.");
    }

    @Test
    void tooLongDescriptionOfASchemaIsTruncated() {
        Schema schema = SchemaBuilder.struct()
                .field("x", SchemaBuilder.int64().doc("y".repeat(2_000)).build())
                .build();
        List<Column> columns = new Descriptions("", Map.of(), ColumnNaming.ASCII)
                .describe(SchemaConverter.compile(schema, List.of()).columns(), schema);

        assertThat(columns.get(0).description()).isEqualTo("y".repeat(1_024));
    }

    @Test
    void truncationKeepsCharactersWhole() {
        Schema schema = SchemaBuilder.struct().doc("x" + "🦊".repeat(10_000)).build();

        assertThat(new Descriptions("", Map.of(), ColumnNaming.ASCII).ofTable(schema))
                .isEqualTo("x" + "🦊".repeat(8_191));
    }

    private static List<Column> columns(Descriptions descriptions) {
        return descriptions.describe(SchemaConverter.compile(PRODUCT, List.of()).columns(), PRODUCT);
    }
}
