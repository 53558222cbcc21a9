package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

final class PseudonymizeTest {
    private static final String SECRET = "a secret of more than sixteen bytes";

    /** What {@code openssl dgst -sha256 -hmac} gives for ada@example.org. */
    private static final String EXPECTED = "b478f83cd8f778835654245cf8d506d89910ccf7c54577d52a8d79236ece7e56";

    private static final Schema ADDRESS = SchemaBuilder.struct()
            .optional()
            .field("phone", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema CUSTOMER = SchemaBuilder.struct()
            .field("email", Schema.OPTIONAL_STRING_SCHEMA)
            .field("id", Schema.INT64_SCHEMA)
            .field("photo", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("address", ADDRESS)
            .build();

    @Test
    void textIsReplacedByHexadecimalDigits() {
        Struct customer = customer("ada@example.org");
        try (Pseudonymize.Value<SourceRecord> pseudonymize = value("email")) {
            SourceRecord changed = pseudonymize.apply(Products.record("t", customer));
            assertThat(((Struct) changed.value()).getString("email")).isEqualTo(EXPECTED);
            assertThat(((Struct) changed.value()).getInt64("id")).isEqualTo(7L);
            assertThat(changed.valueSchema()).isSameAs(CUSTOMER);
            assertThat(customer.getString("email"))
                    .as("the record that was given")
                    .isEqualTo("ada@example.org");
        }
    }

    @Test
    void fieldOfANestedStructOrMapIsReplaced() {
        Struct customer = customer(null).put("address", new Struct(ADDRESS).put("phone", "ada@example.org"));
        Map<String, Object> map = Map.of("address", Map.of("phone", "ada@example.org", "city", "London"));
        try (Pseudonymize.Value<SourceRecord> pseudonymize = value("address.phone")) {
            Struct changed =
                    (Struct) pseudonymize.apply(Products.record("t", customer)).value();
            assertThat(changed.getStruct("address").getString("phone")).isEqualTo(EXPECTED);
            assertThat(pseudonymize.apply(Products.record("t", null, map)).value())
                    .isEqualTo(Map.of("address", Map.of("phone", EXPECTED, "city", "London")));
        }
    }

    @Test
    void bytesAreReplacedByBytes() {
        byte[] input = "ada@example.org".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (Pseudonymize.Value<SourceRecord> pseudonymize = value("photo")) {
            Struct array = (Struct) pseudonymize
                    .apply(Products.record("t", customer(null).put("photo", input)))
                    .value();
            assertThat(HexFormat.of().formatHex(array.getBytes("photo"))).isEqualTo(EXPECTED);
            Struct buffer = (Struct) pseudonymize
                    .apply(Products.record("t", customer(null).put("photo", ByteBuffer.wrap(input))))
                    .value();
            assertThat(buffer.get("photo"))
                    .isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex(EXPECTED)));
        }
    }

    @Test
    void nullIsNotReplaced() {
        Map<String, Object> map = new HashMap<>();
        map.put("email", null);
        SourceRecord tombstone = Products.record("t", null, null);
        SourceRecord noEmail = Products.record("t", customer(null));
        SourceRecord noEmailInMap = Products.record("t", null, map);
        try (Pseudonymize.Value<SourceRecord> pseudonymize = value("email")) {
            assertThat(pseudonymize.apply(tombstone)).isSameAs(tombstone);
            assertThat(pseudonymize.apply(noEmail)).isSameAs(noEmail);
            assertThat(pseudonymize.apply(noEmailInMap)).isSameAs(noEmailInMap);
        }
    }

    @Test
    void fieldOfTheKeyIsReplaced() {
        SourceRecord record = new SourceRecord(
                Map.of(), Map.of(), "t", 1, null, Map.of("email", "ada@example.org"), null, "value", 5L);
        try (Pseudonymize.Key<SourceRecord> pseudonymize = new Pseudonymize.Key<>()) {
            pseudonymize.configure(Map.of("fields", "email", "secret", SECRET));
            SourceRecord changed = pseudonymize.apply(record);
            assertThat(changed.key()).isEqualTo(Map.of("email", EXPECTED));
            assertThat(changed.value()).isEqualTo("value");
            assertThat(changed.timestamp()).isEqualTo(5L);
        }
    }

    @Test
    void missingFieldFailsOrIsSkipped() {
        SourceRecord record = Products.record("t", customer("a"));
        try (Pseudonymize.Value<SourceRecord> fail = value("e-mail");
                Pseudonymize.Value<SourceRecord> skip = new Pseudonymize.Value<>()) {
            skip.configure(Map.of("fields", "e-mail", "secret", SECRET, "on.missing.field", "skip"));
            assertThatThrownBy(() -> fail.apply(record))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("The pseudonym of field 'e-mail' cannot be computed for a record (topic t")
                    .hasMessageContaining(
                            "there is no field 'e-mail'. Correct the path, or set on.missing.field to skip.");
            assertThat(skip.apply(record)).isSameAs(record);
        }
    }

    @Test
    void valueThatCannotBeReplacedFailsTheRecord() {
        SourceRecord record = Products.record("t", customer("a"));
        try (Pseudonymize.Value<SourceRecord> number = value("id");
                Pseudonymize.Value<SourceRecord> below = value("email.domain")) {
            assertThatThrownBy(() -> number.apply(record))
                    .hasMessageContaining(
                            "field 'id' is neither text nor bytes. Convert it to text first, for example with"
                                    + " Connect's Cast.");
            assertThatThrownBy(() -> below.apply(record))
                    .hasMessageContaining("field 'domain' is read from a value that has no fields. Correct the path.");
        }
    }

    @Test
    void shortOrUnresolvedSecretIsRefusedAndNotShown() {
        assertThat(errors("short")).containsExactly("secret is not valid: it must have at least 16 bytes in UTF-8");
        assertThat(errors("${env:PSEUDONYM_SECRET}"))
                .containsExactly(
                        "secret contains a placeholder (${...}) that no configuration provider has replaced. Check the worker's"
                                + " config.providers and which files or variables they may read");
        assertThat(errors(SECRET)).isEmpty();
    }

    private static java.util.List<String> errors(String secret) {
        return Pseudonymize.CONFIG_DEF.validate(Map.of("fields", "a", "secret", secret)).stream()
                .filter(config -> config.name().equals("secret"))
                .map(ConfigValue::errorMessages)
                .findFirst()
                .orElseThrow();
    }

    private static Struct customer(@org.jspecify.annotations.Nullable String email) {
        return new Struct(CUSTOMER).put("email", email).put("id", 7L);
    }

    private static Pseudonymize.Value<SourceRecord> value(String fields) {
        Pseudonymize.Value<SourceRecord> pseudonymize = new Pseudonymize.Value<>();
        pseudonymize.configure(Map.of("fields", fields, "secret", SECRET));
        return pseudonymize;
    }
}
