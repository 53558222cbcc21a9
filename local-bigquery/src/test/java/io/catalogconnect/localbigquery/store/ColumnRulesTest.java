package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.TextCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Accepted and refused columns: {@code store/columns.txt}. */
class ColumnRulesTest {

    private static Stream<Arguments> columns() {
        return TextCases.pairs("store/columns.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void columnHasTheListedTypeOrError(String field, String expected) {
        assertThat(text(field)).isEqualTo(expected);
    }

    private static String text(String field) {
        try {
            Column column = ColumnRules.column(ResourceJson.parse(field, TableFieldSchema.class));
            return column.mode() + " " + column.typeText() + " stored as " + column.duckType();
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void namesThatDifferOnlyInCaseAreDuplicates() {
        TableFieldSchema lower = new TableFieldSchema().setName("name").setType("STRING");
        TableFieldSchema upper = new TableFieldSchema().setName("NAME").setType("DATE");
        assertThatThrownBy(() -> ColumnRules.columns(List.of(lower, upper)))
                .isInstanceOf(StoreException.class)
                .hasMessage("Duplicate field names found in the schema: NAME");
    }

    @Test
    void nameHasAtMost300Characters() {
        TableFieldSchema field = new TableFieldSchema().setType("STRING");
        assertThat(ColumnRules.column(field.setName("x".repeat(300))).name()).hasSize(300);
        assertThatThrownBy(() -> ColumnRules.column(field.setName("x".repeat(301))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("be at most 300 characters long");
    }

    @Test
    void missingSchemaHasNoColumns() {
        assertThat(ColumnRules.columns(null)).isEmpty();
    }
}
