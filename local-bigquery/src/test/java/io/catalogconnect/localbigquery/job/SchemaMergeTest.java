package io.catalogconnect.localbigquery.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.TextCases;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of a table after a job, by {@code job/schema-merge.txt}. */
class SchemaMergeTest {

    private static final TableRef TABLE = new TableRef("p", "d", "t");

    private static Stream<Arguments> merges() {
        return Arrays.stream(TextCases.read("job/schema-merge.txt").split("\n\n(?=JOB|FILE|ROWS)", -1))
                .skip(1)
                .map(text -> Arguments.of((Object[]) text.stripTrailing().split("\n", -1)));
    }

    private static List<TableFieldSchema> fields(String text) {
        List<TableFieldSchema> fields = new ArrayList<>();
        for (String field : text.isEmpty() ? new String[0] : text.split(", ", -1)) {
            String[] parts = field.split(" ", -1);
            String type = parts[1].replaceAll("[!*]", "");
            TableFieldSchema schema = new TableFieldSchema().setName(parts[0]).setType(type);
            fields.add(
                    field.endsWith("!")
                            ? schema.setMode("REQUIRED")
                            : field.endsWith("*") ? schema.setMode("REPEATED") : schema);
        }
        return fields;
    }

    private static String text(List<TableFieldSchema> fields) {
        return fields.stream()
                .map(field -> field.getName() + " " + field.getType()
                        + ("REQUIRED".equals(field.getMode()) ? "!" : "REPEATED".equals(field.getMode()) ? "*" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String merge(String job, List<TableFieldSchema> existing, List<TableFieldSchema> given) {
        List<String> words = new ArrayList<>(List.of(job.split(" ", -1)));
        SchemaMerge.Source source = SchemaMerge.Source.valueOf(words.remove(0));
        boolean ignoreUnknown = words.remove("IGNORE_UNKNOWN");
        try {
            return text(new SchemaMerge(source, words, ignoreUnknown).merge(TABLE, existing, given));
        } catch (ServiceError e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("merges")
    void tableGetsFieldsAndModesThatTheJobPermits(String job, String existing, String given, String expected) {
        assertThat(merge(job, fields(existing), fields(given))).isEqualTo(expected);
    }

    @Test
    void fieldsOfStructsAreMerged() {
        List<TableFieldSchema> existing = List.of(struct(fields("x INTEGER!")));
        List<TableFieldSchema> given = List.of(struct(fields("x INTEGER, y STRING")));

        assertThat(merge("JOB ALLOW_FIELD_ADDITION", existing, given))
                .isEqualTo(
                        "Provided Schema does not match Table p:d.t. Field s.x has changed mode from REQUIRED to NULLABLE");
        assertThat(merge("JOB ALLOW_FIELD_RELAXATION", existing, given))
                .isEqualTo("Provided Schema does not match Table p:d.t. Cannot add fields (field: s.y)");
        List<String> both = List.of("ALLOW_FIELD_ADDITION", "ALLOW_FIELD_RELAXATION");
        assertThat(new SchemaMerge(SchemaMerge.Source.JOB, both, false).merge(TABLE, existing, given))
                .singleElement()
                .satisfies(field -> assertThat(text(field.getFields())).isEqualTo("x INTEGER, y STRING"));
    }

    private static TableFieldSchema struct(List<TableFieldSchema> fields) {
        return new TableFieldSchema().setName("s").setType("RECORD").setFields(fields);
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE_APPEND, false, true",
        "WRITE_APPEND, true, true",
        "WRITE_TRUNCATE, true, true",
        "WRITE_TRUNCATE, false, false",
        "WRITE_TRUNCATE_DATA, false, false",
        "WRITE_EMPTY, false, false"
    })
    void optionsNeedATableThatKeepsItsSchema(String disposition, boolean partition, boolean permitted) {
        SchemaMerge with = new SchemaMerge(SchemaMerge.Source.JOB, List.of("ALLOW_FIELD_ADDITION"), false);
        new SchemaMerge(SchemaMerge.Source.JOB, null, false).check(disposition, partition);
        String message = "";
        try {
            with.check(disposition, partition);
        } catch (ServiceError e) {
            message = String.valueOf(e.getMessage());
        }

        assertThat(message)
                .isEqualTo(
                        permitted
                                ? ""
                                : "Schema update options should only be specified with WRITE_APPEND disposition, or with WRITE_TRUNCATE"
                                        + " disposition on a table partition.");
    }
}
