package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** With declared fields, REST validation finds what else the first record would. */
final class DeclaredFieldsTest {
    private static final String FIELDS =
            "brand:string, category_id:int64, comment:string?, currency:string, description:string?,"
                    + " image:string?, year_release:int64, catalog_date:date, price:decimal, attributes:any";

    @Test
    void rulesOfTheMainJobAreAccepted() {
        assertThat(errors("condition", Products.TEAM_B)).isEmpty();
        assertThat(errors("conditions.by.topic", Products.BY_TOPIC)).isEmpty();
        assertThat(errors("condition", "value.attributes.anything == 5 && value.catalog_date > date('2026-01-01')"))
                .isEmpty();
        assertThat(errors("condition", "value.comment == null || value.price >= 5"))
                .isEmpty();
    }

    @Test
    void unknownFieldIsRefusedWithTheNearestField() {
        assertThat(errors("condition", "value.brand == 'Samsung' && !present(value.imgae)"))
                .containsExactly("""
                        condition is not valid: line 1, column 44: there is no field 'imgae'; did you mean 'image'?
                          value.brand == 'Samsung' && !present(value.imgae)
                                                                     ^""");
    }

    @Test
    void fieldWithoutTheNameValueIsExplained() {
        assertThat(errors("condition", "year_release > 2000")).containsExactly("""
                        condition is not valid: line 1, column 1: there is no name 'year_release'; did you mean 'value.year_release'? A record has\
                         value, key, headers, topic, timestamp
                          year_release > 2000
                          ^""");
    }

    @Test
    void typeMismatchIsRefused() {
        assertThat(errors("conditions.by.topic", "a: true\nb: value.year_release > '2000'"))
                .containsExactly("""
                        conditions.by.topic is not valid: line 2, column 23: '>' does not take (int, string); num(...) makes a number of\
                         a text
                          b: value.year_release > '2000'
                                                ^""");
        assertThat(errors("condition", "value.catalog_date > '2026-01-31'")).containsExactly("""
                        condition is not valid: line 1, column 20: '>' does not take (timestamp, string); date('2026-01-31') makes a\
                         timestamp of a text
                          value.catalog_date > '2026-01-31'
                                             ^""");
    }

    @Test
    void resultThatIsNotBooleanIsRefused() {
        assertThat(errors("condition", "value.image")).containsExactly("""
                        condition is not valid: line 1, column 1: the condition gives a string, it must give true or false; compare it\
                         with something, or ask present(...)
                          value.image
                          ^""");
    }

    @Test
    void invalidDeclarationIsRefused() {
        assertThat(declaration("brand")).containsExactly("fields is 'brand': 'brand' is not of the form name:kind");
        assertThat(declaration("brand:text"))
                .containsExactly(
                        "fields is 'brand:text': Field 'brand' is of kind 'text'; kinds are string, int8, int16, int32, int64,"
                                + " float32, float64, boolean, bytes, decimal, date, time, timestamp, any");
        assertThat(declaration("brand:string,brand:int8"))
                .containsExactly("fields is 'brand:string,brand:int8': Field 'brand' is declared twice");
        assertThat(declaration("a:int16,b:int32,c:float32,d:float64,e:boolean,f:bytes,g:time,h:timestamp?,i:int8"))
                .isEmpty();
    }

    @Test
    void validationReportsTheMistakeAtTheTransformationsKey() {
        // As Connect does it: the transformation's keys become keys of the connector, with a prefix.
        ConfigDef connector = new ConfigDef();
        connector.embed("transforms.teams.", "Transforms: teams", 1, ConditionFilter.CONFIG_DEF);
        List<String> errors = connector
                .validate(Map.of(
                        "transforms.teams.conditions.by.topic",
                        "products.team-a: present(value.imgae)",
                        "transforms.teams.fields",
                        FIELDS))
                .stream()
                .filter(value -> value.name().equals("transforms.teams.conditions.by.topic"))
                .map(ConfigValue::errorMessages)
                .findFirst()
                .orElseThrow();
        assertThat(errors).containsExactly("""
                        conditions.by.topic is not valid: line 1, column 32: there is no field 'imgae'; did you mean 'image'?
                          products.team-a: present(value.imgae)
                                                         ^""");
    }

    @Test
    void connectorWithTheMistakeDoesNotStart() {
        try (ConditionFilter<SourceRecord> filter = new ConditionFilter<>()) {
            assertThatThrownBy(() -> filter.configure(Map.of("condition", "present(value.imgae)", "fields", FIELDS)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("there is no field 'imgae'; did you mean 'image'?");
        }
    }

    private static List<String> declaration(String fields) {
        return errorsOf("fields", Map.of("fields", fields));
    }

    private static List<String> errors(String key, String rule) {
        return errorsOf(key, Map.of(key, rule, "fields", FIELDS));
    }

    private static List<String> errorsOf(String key, Map<String, String> config) {
        return ConditionFilter.CONFIG_DEF.validate(config).stream()
                .filter(value -> value.name().equals(key))
                .map(ConfigValue::errorMessages)
                .findFirst()
                .orElseThrow();
    }
}
