package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.TextCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Allowed and refused changes of a schema: {@code store/schema-changes.txt}. */
class SchemaChangeTest {
    private static final TableRef TABLE = new TableRef("p", "d", "t");

    private static Stream<Arguments> changes() {
        return TextCases.pairs("store/schema-changes.txt");
    }

    private static StoredTable table(String fields) {
        return table(fields, new Table());
    }

    private static StoredTable table(String fields, Table table) {
        return new StoredTable(
                TABLE, "t1", table.setSchema(ResourceJson.parse("{\"fields\": " + fields + "}", TableSchema.class)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void changeHasTheListedStatementsOrError(String fields, String expected) {
        List<String> schemas = fields.lines().toList();
        assertThat(schemas).hasSize(2);
        StoredTable before = table(schemas.get(0));
        StoredTable after = table(schemas.get(1));
        String actual;
        try {
            actual = String.join("; ", SchemaChange.statements(before, after, "data.\"t1\""));
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(StoreException.Reason.INVALID);
            actual = String.valueOf(e.getMessage());
        }
        assertThat(actual.isEmpty() ? "no statements" : actual).isEqualTo(expected);
    }

    @Test
    void firstColumnsReplaceThePlaceholder() {
        assertThat(SchemaChange.statements(table("[]"), table("[{\"name\": \"a\", \"type\": \"DATE\"}]"), "x"))
                .containsExactly(
                        "ALTER TABLE x ADD COLUMN \"a\" DATE", "ALTER TABLE x DROP COLUMN _partition_no_schema");
    }

    @Test
    void ingestionTimeTableHasNoPlaceholder() {
        Table partitioned = ResourceJson.parse("{\"timePartitioning\": {\"type\": \"DAY\"}}", Table.class);
        StoredTable before = table("[]", ResourceJson.copy(partitioned));
        StoredTable after = table("[{\"name\": \"a\", \"type\": \"DATE\"}]", partitioned);
        assertThat(SchemaChange.statements(before, after, "x")).containsExactly("ALTER TABLE x ADD COLUMN \"a\" DATE");
    }
}
