package io.catalogconnect.bigquery.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

final class SchemalessRowsTest {

    private final SchemalessRows rows = new SchemalessRows();

    @Test
    void everyTypeOfValueGetsAnOptionalField() {
        Map<String, Object> value = new HashMap<>();
        value.put("text", "x");
        value.put("whole", (short) 7);
        value.put("real", new BigDecimal("0.5"));
        value.put("flag", true);
        value.put("bytes", new byte[] {1});
        value.put("nested", Map.of("a", 1));
        value.put("list", List.of(Map.of("a", 1), Map.of("b", "y")));
        value.put("nothing", null);
        value.put("empty", List.of());
        Struct struct = rows.struct("t", value);

        assertThat(struct.schema().fields())
                .hasSize(7)
                .allSatisfy(field -> assertThat(field.schema().isOptional()).isTrue());
        assertThat(struct.schema().field("nothing")).isNull();
        assertThat(struct.schema().field("empty")).isNull();
        assertThat(struct.get("whole")).isEqualTo(7L);
        assertThat(struct.get("real")).isEqualTo(0.5);
        assertThat(struct.getStruct("nested").get("a")).isEqualTo(1L);
        List<Struct> list = struct.getArray("list");
        assertThat(list.get(0).get("a")).isEqualTo(1L);
        assertThat(list.get(0).get("b")).isNull();
        assertThat(list.get(1).get("b")).isEqualTo("y");
    }

    @Test
    void recordsWithoutNewFieldsShareTheSchema() {
        Schema first = rows.struct("t", Map.of("a", 1, "b", "x")).schema();

        assertThat(rows.struct("t", Map.of("b", "y")).schema()).isSameAs(first);
        assertThat(rows.struct("t", Map.of("c", 1)).schema().fields()).hasSize(3);
        assertThat(rows.struct("other", Map.of("c", 1)).schema().fields()).hasSize(1);
    }

    @Test
    void valueWithoutAColumnTypeIsRefused() {
        refused(
                "text",
                "the record's value is a String without a schema; a row needs named fields. Use a converter that"
                        + " returns structs or maps.");
        refused(Map.of(), "the record has no fields");
        refused(Map.of("a", Map.of()), "field 'a' has no fields");
        refused(Map.of(7, "x"), "field '' has a field name that is not text");
        refused(Map.of("a", new Object()), "field 'a' is a java.lang.Object, which has no column type");
        refused(Map.of("a", Arrays.asList("x", null)), "field 'a' has a null element");
    }

    private void refused(Object value, String message) {
        assertThatThrownBy(() -> rows.struct("t", value))
                .isInstanceOf(ConversionException.class)
                .hasMessage(message);
    }
}
