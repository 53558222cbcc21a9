package io.catalogconnect.localbigquery.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldSelectionTest {

    private static final List<TableFieldSchema> SCHEMA = List.of(
            field("a", null),
            field("S", null, field("x", null), field("y", null)),
            field("l", "REPEATED", field("x", null), field("s", null, field("z", null), field("w", null))));

    private static TableFieldSchema field(String name, @Nullable String mode, TableFieldSchema... fields) {
        TableFieldSchema field = new TableFieldSchema().setName(name).setMode(mode);
        return fields.length == 0
                ? field.setType("INTEGER")
                : field.setType("RECORD").setFields(new ArrayList<>(List.of(fields)));
    }

    private static String text(List<TableFieldSchema> fields) {
        return fields.stream()
                .map(field -> field.getName() + (field.getFields() == null ? "" : "(" + text(field.getFields()) + ")"))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "               | a S(x y) l(x s(z w)) | [1,[2,3],[[4,[5,6]],null,[7,null]]] ",
                "l, A           | a l(x s(z w))        | [1,[[4,[5,6]],null,[7,null]]]       ",
                "s.Y            | S(y)                 | [[3]]                               ",
                "s.y, s.x       | S(x y)               | [[2,3]]                             ",
                "S, s.y         | S(x y)               | [[2,3]]                             ",
                "l.s.w          | l(s(w))              | [[[[6]],null,[null]]]               "
            })
    void rowHasTheSelectedFieldsInTheOrderOfTheSchema(@Nullable String selected, String schema, String row) {
        FieldSelection selection =
                FieldSelection.of(SCHEMA, selected == null ? List.of() : List.of(selected.split(", ", -1)));

        assertThat(text(selection.schema())).isEqualTo(schema);
        assertThat(selection
                        .row(JsonParser.parseString("[1,[2,3],[[4,[5,6]],null,[7,null]]]")
                                .getAsJsonArray())
                        .toString())
                .isEqualTo(row);
    }
}
