package io.catalogconnect.localbigquery.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.ClassInfo;
import com.google.api.client.util.FieldInfo;
import com.google.api.client.util.GenericData;
import com.google.api.client.util.Types;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryRequest;
import com.google.api.services.bigquery.model.Table;
import io.catalogconnect.localbigquery.job.ServiceError;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every integer of a request may be a JSON number or text. */
class IntegerFormsTest {

    /** The integers of a class by their path, and the JSON around one of them. */
    private final Map<String, UnaryOperator<String>> integers = new TreeMap<>();

    private final Set<Class<?>> seen = new HashSet<>();

    @ParameterizedTest
    @ValueSource(classes = {Job.class, Table.class, Dataset.class, QueryRequest.class})
    void everyIntegerIsReadAsNumberAndAsText(Class<? extends GenericJson> type) {
        collect(type, "", json -> json);

        assertThat(integers).isNotEmpty();
        integers.forEach((path, around) -> {
            GenericJson number = RequestJson.parse(around.apply("7"), type);
            assertThat(number).as(path).isEqualTo(RequestJson.parse(around.apply("\"7\""), type));
            assertThat(number.toString()).as(path).contains("7");
        });
    }

    private void collect(Class<?> type, String path, UnaryOperator<String> around) {
        if (!seen.add(type)) {
            return;
        }
        ClassInfo info = ClassInfo.of(type);
        for (String name : info.getNames()) {
            FieldInfo field = info.getFieldInfo(name);
            collect(field.getGenericType(), path + "." + name, json -> around.apply("{\"" + name + "\":" + json + "}"));
        }
    }

    private void collect(Type type, String path, UnaryOperator<String> around) {
        Class<?> raw = Types.getRawArrayComponentType(List.of(), type);
        if (raw == Long.class || raw == Integer.class || raw == BigInteger.class) {
            integers.put(path, around);
        } else if (Collection.class.isAssignableFrom(raw)) {
            collect(Types.getIterableParameter(type), path + "[]", json -> around.apply("[" + json + "]"));
        } else if (GenericData.class.isAssignableFrom(raw)) {
            collect(raw, path, around);
        } else if (Map.class.isAssignableFrom(raw)) {
            collect(Types.getMapValueParameter(type), path + "{}", json -> around.apply("{\"k\":" + json + "}"));
        }
    }

    @Test
    void classesHaveTheIntegersThatClientsSend() {
        collect(Job.class, "", json -> json);

        assertThat(integers)
                .containsKeys(
                        ".configuration.load.skipLeadingRows",
                        ".configuration.load.maxBadRecords",
                        ".configuration.load.schema.fields[].precision",
                        ".configuration.jobTimeoutMs");
    }

    @Test
    void textThatIsNoIntegerIsRefused() {
        assertThatThrownBy(() -> RequestJson.parse("{\"maxResults\":\"x\"}", QueryRequest.class))
                .isInstanceOf(ServiceError.class)
                .hasMessageStartingWith("Parse Error: key maxResults");
    }
}
