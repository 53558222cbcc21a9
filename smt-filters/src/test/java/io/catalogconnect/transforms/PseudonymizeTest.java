package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

final class PseudonymizeTest {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    /** HMAC-SHA-256 of the length of the field's name in four bytes, the name, and ada@example.org, computed with Python. */
    private static final String EXPECTED = "e3246a3771ee4684dfb72dad6c7b3bbada578e8ec1e1bf25fb199a07c49f92db";

    private static final String PHONE = "75490f466c63ec549e0fd7be52d7cd00fea5b11d0b0c1f3e8f0b2060a26480af";
    private static final String ADDRESS_PHONE = "a8b7ac66890c102e8421c6923f063a7f5e94a230d242ba8acf66240c31bddf60";
    private static final String PHOTO = "019c26e6f7abf90fbe7c3d27d7ee1b4f425351ec895947486d6000eb84d7edab";
    private static final String ID_7 = "305a312477478b3f7b8023c2e1b766cc915de7f32a975b4f6b377d4545f9db08";

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
            assertThat(changed.getStruct("address").getString("phone")).isEqualTo(ADDRESS_PHONE);
            assertThat(pseudonymize.apply(Products.record("t", null, map)).value())
                    .isEqualTo(Map.of("address", Map.of("phone", ADDRESS_PHONE, "city", "London")));
        }
    }

    @Test
    void bytesAreReplacedByBytes() {
        byte[] input = "ada@example.org".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (Pseudonymize.Value<SourceRecord> pseudonymize = value("photo")) {
            Struct array = (Struct) pseudonymize
                    .apply(Products.record("t", customer(null).put("photo", input)))
                    .value();
            assertThat(HexFormat.of().formatHex(array.getBytes("photo"))).isEqualTo(PHOTO);
            Struct buffer = (Struct) pseudonymize
                    .apply(Products.record("t", customer(null).put("photo", ByteBuffer.wrap(input))))
                    .value();
            assertThat(buffer.get("photo"))
                    .isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex(PHOTO)));
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
        SourceRecord record = Products.record("t", customer("a").put("address", new Struct(ADDRESS)));
        SourceRecord typedMap = Products.record(
                "t",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build(),
                Map.of("id", 7));
        try (Pseudonymize.Value<SourceRecord> struct = value("address");
                Pseudonymize.Value<SourceRecord> below = value("email.domain");
                Pseudonymize.Value<SourceRecord> number = value("id")) {
            assertThatThrownBy(() -> struct.apply(record))
                    .hasMessageContaining(
                            "field 'address' is a struct or a map. Name the fields in it, for example address.name.");
            assertThatThrownBy(() -> below.apply(record))
                    .hasMessageContaining("field 'domain' is read from a value that has no fields. Correct the path.");
            assertThatThrownBy(() -> number.apply(typedMap))
                    .hasMessageContaining(
                            "field 'id' is in a map whose values are int32, and all values of a map have one"
                                    + " type. Convert the map first.");
        }
    }

    /** Settings, the value of the field and its pseudonym; all fields are read from a record without a schema. */
    @ParameterizedTest
    @CsvFileSource(resources = "pseudonyms.csv", delimiter = '|', numLinesToSkip = 1)
    void pseudonymDependsOnDomainKeyNameAndNormalization(
            String field, String domain, String normalize, String keyId, String input, String expected) {
        Object value = input.matches("\\d+") ? (Object) Long.valueOf(input) : input.replace('_', ' ');
        Map<String, String> settings = new HashMap<>(Map.of("fields", field, "secret", SECRET, "normalize", normalize));
        if (domain != null) {
            settings.put("domain", domain);
        }
        if (keyId != null) {
            settings.put("key.id", keyId);
        }
        try (Pseudonymize.Value<SourceRecord> pseudonymize = new Pseudonymize.Value<>()) {
            pseudonymize.configure(settings);
            Map<?, ?> changed = (Map<?, ?>) pseudonymize
                    .apply(Products.record("t", null, Map.of(field.replace("\\", ""), value)))
                    .value();
            assertThat(changed.get(field.replace("\\", ""))).isEqualTo(expected);
        }
    }

    @Test
    void fieldThatIsNoPlainTextBecomesATextWithoutADefault() {
        Schema schema = SchemaBuilder.struct()
                .name("Person")
                .version(3)
                .field("id", Schema.INT64_SCHEMA)
                .field(
                        "state",
                        SchemaBuilder.string()
                                .name("io.debezium.data.Enum")
                                .parameter("allowed", "a,b")
                                .build())
                .field(
                        "email",
                        SchemaBuilder.string()
                                .optional()
                                .defaultValue("ada@example.org")
                                .build())
                .field("born", Date.builder().optional().build())
                .field("salary", Decimal.builder(2).optional().build())
                .field("other", Schema.INT32_SCHEMA)
                .build();
        Struct person = new Struct(schema)
                .put("id", 7L)
                .put("state", "a")
                .put("born", java.util.Date.from(java.time.Instant.EPOCH))
                .put("salary", new java.math.BigDecimal("1.50"))
                .put("other", 5);
        try (Pseudonymize.Value<SourceRecord> pseudonymize = value("id,state,email,born,salary")) {
            SourceRecord changed = pseudonymize.apply(Products.record("t", person));
            Struct value = (Struct) changed.value();
            assertThat(changed.valueSchema()).isSameAs(value.schema());
            assertThat(value.schema().name()).isEqualTo("Person");
            assertThat(value.schema().version()).isEqualTo(3);
            assertThat(value.schema().fields().stream().map(Field::name))
                    .containsExactly("id", "state", "email", "born", "salary", "other");
            assertThat(value.schema().fields())
                    .filteredOn(field -> !field.name().equals("other"))
                    .allSatisfy(field -> {
                        assertThat(field.schema().type()).isEqualTo(Schema.Type.STRING);
                        assertThat(field.schema().name()).isNull();
                        assertThat(field.schema().defaultValue()).isNull();
                        assertThat(value.getString(field.name()))
                                .as(field.name())
                                .matches("[0-9a-f]{64}");
                    });
            assertThat(value.getString("id")).isEqualTo(ID_7);
            assertThat(value.getString("email")).as("the default").isEqualTo(EXPECTED);
            assertThat(value.getInt32("other")).isEqualTo(5);
            assertThat(pseudonymize.apply(Products.record("t", person)).valueSchema())
                    .as("one schema for all records")
                    .isSameAs(changed.valueSchema());
        }
    }

    @Test
    void elementsOfListsAreReplaced() {
        Schema phones = SchemaBuilder.array(Schema.STRING_SCHEMA).build();
        Schema contacts = SchemaBuilder.array(
                        SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build())
                .build();
        Schema schema = SchemaBuilder.struct()
                .field("phone", phones)
                .field("contacts", contacts)
                .build();
        Struct person = new Struct(schema)
                .put("phone", List.of("ada@example.org", "ada@example.org"))
                .put("contacts", List.of(new Struct(contacts.valueSchema()).put("id", 1)));
        try (Pseudonymize.Value<SourceRecord> pseudonymize = value("phone,contacts.id")) {
            Struct changed =
                    (Struct) pseudonymize.apply(Products.record("t", person)).value();
            assertThat(changed.getArray("phone")).containsExactly(PHONE, PHONE);
            assertThat(((Struct) changed.getArray("contacts").get(0)).getString("id"))
                    .hasSize(64);
            assertThat(pseudonymize
                            .apply(Products.record(
                                    "t", null, Map.of("phone", List.of("ada@example.org"), "contacts", List.of())))
                            .value())
                    .isEqualTo(Map.of("phone", List.of(PHONE), "contacts", List.of()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fields    | ''         | fields is '': it must name at least one field
            fields    | ,          | fields is ',': the field '' has an empty name; write names separated by single dots, as in customer.email, and \\. for a dot in a name
            fields    | a,,b       | fields is 'a,,b': the field '' has an empty name; write names separated by single dots, as in customer.email, and \\. for a dot in a name
            fields    | a..b       | fields is 'a..b': the field 'a..b' has an empty name; write names separated by single dots, as in customer.email, and \\. for a dot in a name
            fields    | .a         | fields is '.a': the field '.a' has an empty name; write names separated by single dots, as in customer.email, and \\. for a dot in a name
            fields    | a.         | fields is 'a.': the field 'a.' has an empty name; write names separated by single dots, as in customer.email, and \\. for a dot in a name
            fields    | a,b,a      | fields is 'a,b,a': the field 'a' is part of the field 'a'; name one of them
            fields    | a.b,a      | fields is 'a.b,a': the field 'a.b' is part of the field 'a'; name one of them
            normalize | lower      | normalize is 'lower': it must be one of none, trim, trim-lower
            key.id    | a:b        | key.id is 'a:b': it must have up to 32 letters, digits, dots, underscores and hyphens
            secret    | a secret of thirty-one bytes !! | secret is not valid: it must have at least 32 bytes in UTF-8
            """)
    void invalidSettingIsRefused(String key, String value, String message) {
        Map<String, String> settings = new HashMap<>(Map.of("fields", "a", "secret", SECRET));
        settings.put(key, value);
        assertThatThrownBy(() -> {
                    try (Pseudonymize.Value<SourceRecord> pseudonymize = new Pseudonymize.Value<>()) {
                        pseudonymize.configure(settings);
                    }
                })
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void shortOrUnresolvedSecretIsRefusedAndNotShown() {
        assertThat(errors("short")).containsExactly("secret is not valid: it must have at least 32 bytes in UTF-8");
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
