package io.catalogconnect.localbigquery.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.TextCases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Detected schemas: {@code job/detection.txt}. */
final class SchemaDetectionTest {

    private static Stream<Arguments> files() {
        return TextCases.pairs("job/detection.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void fileHasTheListedSchema(String file, String expected) throws IOException {
        String[] parts = file.split("\n", 2);
        assertThat(detect(parts[0], new BufferedReader(new StringReader(parts[1]))))
                .isEqualTo(expected);
    }

    private static String detect(String format, BufferedReader reader) throws IOException {
        if (format.equals("json")) {
            try {
                return text(SchemaDetection.json(reader).getFields());
            } catch (ServiceError e) {
                return String.valueOf(e.getMessage());
            }
        }
        JobConfigurationLoad options = new JobConfigurationLoad();
        if (format.contains(" ")) {
            options.setSkipLeadingRows(Integer.valueOf(format.substring(format.indexOf(' ') + 1)));
        }
        String schema = text(SchemaDetection.csv(reader, options).getFields());
        Integer skipped = options.getSkipLeadingRows();
        return schema + "; " + (skipped == null ? 0 : skipped)
                + (Integer.valueOf(1).equals(skipped) ? " row skipped" : " rows skipped");
    }

    private static String text(List<TableFieldSchema> fields) {
        return fields.stream()
                .map(field -> field.getName() + " " + field.getType()
                        + (field.getFields() == null ? "" : "(" + text(field.getFields()) + ")")
                        + ("REPEATED".equals(field.getMode()) ? "[]" : ""))
                .collect(Collectors.joining(", "));
    }
}
