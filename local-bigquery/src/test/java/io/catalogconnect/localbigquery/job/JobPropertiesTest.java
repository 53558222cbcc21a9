package io.catalogconnect.localbigquery.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.api.client.util.ClassInfo;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobConfigurationTableCopy;
import io.catalogconnect.localbigquery.TextCases;
import io.catalogconnect.localbigquery.store.ResourceJson;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every property of a job has an effect, has none in BigQuery either, or is refused: {@code job/properties.txt}. */
class JobPropertiesTest {

    private static final Map<String, Class<?>> CLASSES = Map.of(
            "query", JobConfigurationQuery.class,
            "load", JobConfigurationLoad.class,
            "copy", JobConfigurationTableCopy.class);

    private static Stream<Arguments> properties() {
        return TextCases.pairs("job/properties.txt");
    }

    private static String message(String configuration) {
        try {
            JobProperties.check(ResourceJson.parse(configuration, JobConfiguration.class));
            return "accepted";
        } catch (ServiceError e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("properties")
    void propertyIsAcceptedOrRefusedByName(String property, String expected) {
        String[] parts = property.split("\\.", -1);
        Class<?> type =
                ClassInfo.of(CLASSES.get(parts[0])).getFieldInfo(parts[1]).getType();
        String message = message("{\"" + parts[0] + "\":{\"" + parts[1] + "\":" + value(type) + "}}");
        if (expected.equals("accepted")) {
            assertThat(message).isEqualTo(expected);
        } else {
            assertThat(message).startsWith("Unsupported: local-bigquery has no job property configuration." + property);
        }
    }

    private static String value(Class<?> type) {
        if (type == Boolean.class) {
            return "true";
        }
        if (type == Integer.class) {
            return "1";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "[null]";
        }
        return type == String.class || type == Long.class ? "\"1\"" : "{\"x\":{}}";
    }

    @Test
    void everyPropertyIsListed() {
        TreeSet<String> all = new TreeSet<>();
        CLASSES.forEach(
                (name, type) -> ClassInfo.of(type).getNames().forEach(property -> all.add(name + "." + property)));
        List<String> listed =
                properties().map(row -> (String) row.get()[0]).sorted().toList();
        assertThat(listed).containsExactlyElementsOf(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":{\"createSession\":false,\"connectionProperties\":[],\"tableDefinitions\":{}}}",
                "{\"load\":{\"encoding\":\"UTF-8\",\"sourceColumnMatch\":\"POSITION\",\"timeZone\":\"\"}}",
                "{\"copy\":{\"operationType\":\"COPY\"},\"labels\":{\"a\":\"b\"},\"jobTimeoutMs\":\"5\"}",
            })
    void propertyWithItsDefaultValueIsAccepted(String configuration) {
        assertThat(message(configuration)).isEqualTo("accepted");
    }

    @Test
    void dryRunOfALoadJobIsRefused() {
        assertThat(message("{\"load\":{},\"dryRun\":true}"))
                .isEqualTo("Unsupported: local-bigquery has no dry run of load and copy jobs");
        assertThatCode(() -> JobProperties.check(
                        new JobConfiguration().setDryRun(true).setQuery(new JobConfigurationQuery())))
                .doesNotThrowAnyException();
    }
}
