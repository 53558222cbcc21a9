package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks of a value against its column. */
class ColumnTest {

    private static Column column(String field) {
        return ColumnRules.column(ResourceJson.parse(field, TableFieldSchema.class));
    }

    @Test
    void requiredColumnRefusesNull() {
        Column required = column("{\"name\": \"a\", \"type\": \"DATE\", \"mode\": \"REQUIRED\"}");
        assertThat(required.check(null)).contains("Field a: Missing required field.");
        assertThat(column("{\"name\": \"a\", \"type\": \"DATE\"}").check(null)).isEmpty();
    }

    @Test
    void lengthOfStringIsCountedInCharacters() {
        Column two = column("{\"name\": \"a\", \"type\": \"STRING\", \"maxLength\": \"2\"}");
        assertThat(two.check("😀é")).isEmpty();
        assertThat(two.check("😀éa"))
                .contains("Field a: STRING(2) has maximum length 2 but got a value with length 3 on field a.");
    }

    @Test
    void lengthOfBytesIsCountedInBytes() {
        Column two = column("{\"name\": \"a\", \"type\": \"BYTES\", \"maxLength\": \"2\"}");
        assertThat(two.check(new byte[2])).isEmpty();
        assertThat(two.check(new byte[3]))
                .contains("Field a: BYTES(2) has maximum length 2 but got a value with length 3 on field a.");
    }

    @Test
    void digitsOfNumericAreLimited() {
        Column price = column("{\"name\": \"a\", \"type\": \"NUMERIC\", \"precision\": \"5\", \"scale\": \"2\"}");
        assertThat(price.check(new BigDecimal("999.99"))).isEmpty();
        assertThat(price.check(new BigDecimal("999.990"))).isEmpty();
        assertThat(price.check(new BigDecimal("0E+9"))).isEmpty();
        String message =
                "Field a: NUMERIC(5, 2) has precision 5 and scale 2 but got a value that is not in range of precision and"
                        + " scale on field a.";
        assertThat(price.check(new BigDecimal("1000"))).contains(message);
        assertThat(price.check(new BigDecimal("1E+3"))).contains(message);
        assertThat(price.check(new BigDecimal("0.001"))).contains(message);
    }

    @Test
    void errorInStructNamesThePath() {
        Column outer = column(
                "{\"name\": \"s\", \"type\": \"RECORD\", \"mode\": \"REPEATED\", \"fields\":"
                        + " [{\"name\": \"x\", \"type\": \"STRING\"}, {\"name\": \"y\", \"type\": \"INTEGER\", \"mode\": \"REQUIRED\"}]}");
        assertThat(outer.check(List.<Object>of(new Object[] {"a", 1L}, new Object[] {"b", 2L})))
                .isEmpty();
        assertThat(outer.check(List.of(new Object[] {"a", 1L}, new Object[] {"b", null})))
                .contains("Field s.y: Missing required field.");
    }

    @Test
    void repeatedColumnRefusesNullElements() {
        Column list = column("{\"name\": \"a\", \"type\": \"STRING\", \"mode\": \"REPEATED\"}");
        assertThat(list.check(List.of())).isEmpty();
        assertThat(list.check(Arrays.asList("x", null))).contains("Field a: NULL is not allowed in a repeated field.");
    }
}
