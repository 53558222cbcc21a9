package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Resources of the REST API as JSON. */
class ResourceJsonTest {
    private static final String JSON =
            "{\"description\":\"\u20ac \\\"x\\\"\",\"labels\":{\"team\":\"a\"},\"schema\":{\"fields\":[{\"name\":\"n\",\"type\":\"INTEGER\"}]}}";

    private static Table table() {
        return new Table()
                .setDescription("\u20ac \"x\"")
                .setLabels(Map.of("team", "a"))
                .setSchema(new TableSchema()
                        .setFields(List.of(new TableFieldSchema().setName("n").setType("INTEGER"))));
    }

    @Test
    void resourceIsWrittenWithoutAbsentFields() {
        assertThat(ResourceJson.toJson(table())).isEqualTo(JSON);
    }

    @Test
    void parsedResourceEqualsTheWrittenOne() {
        assertThat(ResourceJson.parse(JSON, Table.class)).isEqualTo(table());
    }

    @Test
    void fieldThatTheClassDoesNotKnowIsKept() {
        Table table = ResourceJson.parse("{\"newField\":{\"a\":\"1\"}}", Table.class);
        assertThat(ResourceJson.toJson(table)).isEqualTo("{\"newField\":{\"a\":\"1\"}}");
    }

    @Test
    void changeOfACopyDoesNotChangeTheOriginal() {
        Table original = table();
        Table copy = ResourceJson.copy(original);
        copy.getSchema().getFields().get(0).setName("changed");
        copy.getLabels().put("more", "b");
        assertThat(original).isEqualTo(table());
        assertThat(copy).isNotEqualTo(original);
    }

    @Test
    void malformedJsonIsRefused() {
        assertThatThrownBy(() -> ResourceJson.parse("[1]", Table.class)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ResourceJson.parse("{\"a\" 1}", Table.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Stored JSON is not a Table");
    }
}
