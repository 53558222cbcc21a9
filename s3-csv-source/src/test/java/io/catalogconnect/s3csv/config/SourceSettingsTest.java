package io.catalogconnect.s3csv.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.object.s3.S3Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {

    private static final Collection<ConfigDef.ConfigKey> KEYS =
            SourceSettings.TABLE.definition().configKeys().values();

    private final Map<String, String> properties = new HashMap<>(Map.of("s3.bucket", "b", "topic", "t"));

    @Test
    void everyKeyHasItsDefault() throws IOException {
        List<String> keys = SourceSettings.TABLE.names().stream()
                .map(name -> SourceSettings.TABLE.definition().configKeys().get(name))
                .map(key -> key.name + "="
                        + (key.hasDefault()
                                ? ConfigDef.convertToString(key.defaultValue, key.type)
                                        .replace("[hidden]", "")
                                : "(required)"))
                .toList();

        try (InputStream expected = getClass().getResourceAsStream("/config-defaults.txt")) {
            assertThat(keys)
                    .containsExactlyElementsOf(new String(expected.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    void everyKeyHasADocumentationAGroupAndALabel() {
        assertThat(KEYS).isNotEmpty().allSatisfy(key -> {
            assertThat(key.documentation).as(key.name).endsWith(".").hasSizeGreaterThan(15);
            assertThat(key.group).as(key.name).isNotBlank();
            assertThat(key.displayName).as(key.name).isNotBlank().isNotEqualTo(key.name);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3.access.key.id", "s3.secret.access.key", "s3.session.token", "s3.sse.customer.key"})
    void secretsArePasswords(String key) {
        assertThat(KEYS)
                .filteredOn(defined -> defined.name.equals(key))
                .singleElement()
                .extracting(defined -> defined.type)
                .isEqualTo(ConfigDef.Type.PASSWORD);
    }

    @Test
    void secretsAreNotPrinted() {
        properties.putAll(
                Map.of("s3.credentials", "static", "s3.access.key.id", "AKIA", "s3.secret.access.key", "hush"));

        SourceSettings settings = SourceSettings.parse(properties);

        assertThat(settings.s3().credentials()).isEqualTo(new S3Credentials.Static("AKIA", "hush", null));
        assertThat(settings.toString()).contains("s3://b").doesNotContain("hush", "AKIA");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3.bucket          | ' '            | s3.bucket is '': it must not be blank
            s3.region          | eu central 1   | s3.region is 'eu central 1': it must be a region such as eu-central-1
            s3.region          | ''             | s3.region is '': it must be a region such as eu-central-1
            s3.endpoint        | ftp://x        | s3.endpoint is 'ftp://x': it must be a URL such as https://host or http://host:port
            s3.credentials     | nobody         | s3.credentials is 'nobody': it must be one of default, anonymous, static, profile, assume-role
            s3.secret.access.key | ${env:SECRET} | s3.secret.access.key contains a placeholder (${...}) that no configuration provider has replaced. Check the worker's config.providers and which files or variables they may read
            s3.credentials     | assume-role    | s3.role.arn is empty. s3.credentials=assume-role needs it
            s3.sse.customer.key | c2hvcnQ=      | s3.sse.customer.key is not valid: it must be 32 bytes in base64
            s3.sse.customer.key | ###           | s3.sse.customer.key is not valid: it must be 32 bytes in base64
            s3.retry.backoff.max.ms | 1         | s3.retry.backoff.max.ms is 1, less than s3.retry.backoff.ms (100). Raise it
            s3.prefix          | a{             | s3.prefix is 'a{': it may contain one date pattern in braces, as in catalog/dt={yyyy-MM-dd}/
            columns            | a:int65        | columns is 'a:int65': 'a:int65' has an unknown type. The types are string, int32, int64, float64, int64(de-DE), boolean, boolean(yes/no), decimal(10,2), decimal(10,2;de-DE;€), date, date(dd.MM.yyyy), timestamp, timestamp(epoch-ms), timestamp(yyyy-MM-dd HH:mm:ss;Europe/Berlin), bytes
            columns            | a              | columns is 'a': 'a' does not have the form name:type or name:type?
            columns            | a:string,a:int64 | columns is 'a:string,a:int64': the column 'a' is declared twice
            file.date.pattern  | dt=            | file.date.pattern is 'dt=': it must have either a group named date, as in dt=(?<date>\\d{4}-\\d{2}-\\d{2}), or the groups year, month and day
            file.date.format   | yyyy-MM        | file.date.format is 'yyyy-MM': it must be epoch-seconds or a pattern with year, month and day
            csv.header         | absent         | columns is empty. csv.header=absent needs the names of the columns. Declare them
            csv.delimiter      | none           | csv.delimiter is 'none': it must not be a word. Set the delimiter itself, such as ; or \\t
            csv.delimiter      | tab            | csv.delimiter is 'tab': it must not be a word. Set the delimiter itself, such as ; or \\t
            csv.delimiter      | \\;             | csv.delimiter is '\\;': a backslash in it must start \\t or \\uXXXX
            csv.delimiter      | ------------------- | csv.delimiter is '-------------------': it must be 1 to 16 characters, and none of them may be a line end. A blank is \\u0020
            csv.delimiter      | ;\\u000a       | csv.delimiter is ';\\u000a': it must be 1 to 16 characters, and none of them may be a line end. A blank is \\u0020
            csv.delimiter      | ;"             | csv.delimiter conflicts with csv.quote, csv.escape or csv.comment, or two of these conflict: delimiter ';"' contains quote '"'
            csv.escape         | "              | csv.escape is the same character as csv.quote. Set csv.escape=none: a doubled quote within quotes is always a quote
            csv.footer.pattern | .*             | csv.footer.pattern is '.*': it matches any line. Only lines of the footer must match, as with Total,.*
            csv.footer.pattern | [^,]+,.+       | csv.footer.pattern is '[^,]+,.+': it matches any line. Only lines of the footer must match, as with Total,.*
            csv.quote          | ''             | csv.quote is '': it must be one character, \\t, \\uXXXX or none
            csv.quote          | ""             | csv.quote is '""': it must be one character, \\t, \\uXXXX or none
            csv.quote          | ,              | csv.delimiter conflicts with csv.quote, csv.escape or csv.comment, or two of these conflict: delimiter and quote are both ','
            csv.comment        | é              | csv.comment is 'é': it must be one ASCII character, \\t, \\uXXXX or none
            csv.charset        | UTF-16         | csv.charset is 'UTF-16': it must be UTF-8 or a charset with one byte per character, because offsets are byte positions. Convert the files to UTF-8
            csv.charset        | nonsense       | csv.charset is 'nonsense': it must be a charset that Java supports
            bad.rows           | topic          | bad.rows.topic is empty. bad.rows=topic needs it
            bad.rows.max.ratio | 2              | bad.rows.max.ratio is '2.0': it must be between 0 and 1
            cleanup            | delete         | cleanup is 'delete': it must be one of none, tag, move
            cleanup            | move           | cleanup.move.prefix is empty. cleanup=move needs it
            cleanup.tag        | done           | cleanup.tag is 'done': it must have the form key=value
            copy.topics        | a,t            | copy.topics names 't', which it names before or which is topic. Name each topic once
            """)
    void invalidValueIsReportedWithWhatIsAccepted(String key, String value, String message) {
        properties.put(key, value);

        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            teams            | t: true                               | true
            teams            | a: true\\nb: value.x == 1 ? y : true     | true
            teams            | # c: true\\na: true\\n c: true           | true
            teams            | events: true\\nmalformed: true         | true
            teams            | c: true                               | false
            teams            | a: true\\nB : true                    | false
            tag, teams       | c: true                               | false
            route, teams     | c: true                               | true
            regex,teams      | c: true                               | true
            other,teams      | c: true                               | true
            teams,regex      | c: true                               | false
            tag              | c: true                               | true
            """)
    void conditionForATopicThatIsNotWrittenToIsRefused(String transforms, String conditions, boolean isValid) {
        properties.putAll(Map.of(
                "copy.topics",
                "a,b",
                "object.events.topic",
                "events",
                "bad.rows",
                "topic",
                "bad.rows.topic",
                "malformed"));
        properties.putAll(Map.of(
                "transforms", transforms,
                "transforms.teams.type", "io.catalogconnect.transforms.ConditionFilter",
                "transforms.teams.conditions.by.topic", conditions.replace("\\n", "\n"),
                "transforms.tag.type", "io.catalogconnect.transforms.ConditionTag",
                "transforms.route.type", "io.catalogconnect.transforms.ConditionRouter",
                "transforms.regex.type", "org.apache.kafka.connect.transforms.RegexRouter",
                "transforms.other.type", "com.example.Rename"));

        assertThat(SourceSettings.TABLE.validate(properties).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream()))
                .hasSize(isValid ? 0 : 1)
                .allSatisfy(message -> assertThat(message)
                        .containsPattern(
                                "^copy.topics does not contain '[Bc]', for which transforms.teams.conditions.by.topic has a"
                                        + " condition. The connector does not write to this topic. Correct the topic of the"
                                        + " condition, or add it here$"));
    }

    @Test
    void rowsMustNotBeLargerThanTheProducersRequests() {
        properties.put("producer.override.max.request.size", "2000000");
        assertThatCode(() -> SourceSettings.parse(properties)).doesNotThrowAnyException();

        properties.put("csv.max.record.bytes", "2000001");
        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .hasMessage(
                        "csv.max.record.bytes is 2000001, more than producer.override.max.request.size (2000000), so that"
                                + " the producer could not send such a row. Lower it, or raise producer.override.max.request.size");
    }

    @ParameterizedTest
    @CsvSource({
        "topic, connect-configs",
        "topic, connect-offsets",
        "topic, connect-status",
        "topic, docker-connect-configs",
        "topic, prod.connect_offset",
        "topic, __consumer_offsets",
        "topic, __transaction_state",
        "topic, _schemas",
        "topic, _confluent-metrics",
        "topic, my-offsets",
        "copy.topics, connect-status",
        "object.events.topic, connect-offsets",
        "bad.rows.topic, connect-configs"
    })
    void internalTopicIsRefused(String key, String topic) {
        properties.put("offsets.storage.topic", "my-offsets");
        properties.put(key, topic);

        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " names '" + topic
                        + "', a topic in which Kafka, Connect or Schema Registry keeps its state."
                        + " Rows in it would stop the cluster. Name another topic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"products", "connect", "connect-products", "reconnect-offsets", "configs", "offsets", "_private"
            })
    void otherTopicIsAccepted(String topic) {
        properties.put("topic", topic);

        assertThatCode(() -> SourceSettings.parse(properties)).doesNotThrowAnyException();
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        properties.putAll(Map.of("s3.credentials", "static", "bad.rows", "topic", "offsets.late.window.ms", "5"));

        assertThatThrownBy(() -> SourceSettings.parse(properties)).hasMessage("""
                The configuration has 5 errors:
                - s3.access.key.id is empty. s3.credentials=static needs it
                - s3.secret.access.key is empty. s3.credentials=static needs it
                - object.order is key, and offsets.late.window.ms is 5. Set object.order=modified: a watermark stops at the oldest unread object, and offsets would accumulate behind it
                - offsets.late.window.ms is 5, and object.events.topic is empty. It needs an events topic, because Connect deletes an offset only together with a record
                - bad.rows.topic is empty. bad.rows=topic needs it""");
    }

    @Test
    void fileDateColumnMustNotBeADeclaredColumn() {
        properties.putAll(Map.of("columns", "a:string,day:date", "file.date.column", "day"));

        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .hasMessage("file.date.column is 'day', which is also declared in columns. Choose another name");
    }

    @Test
    void lateWindowMustNotBeShorterThanTheMinimumAge() {
        properties.putAll(Map.of(
                "offsets.late.window.ms", "5000",
                "object.events.topic", "events",
                "object.order", "modified",
                "object.min.age.ms", "60000"));

        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .hasMessage("offsets.late.window.ms is 5000, less than object.min.age.ms (60000). Raise it");
    }

    @ParameterizedTest
    @CsvSource({"'', done/", "in/, in/", "in/, in/done/", "in/dt={yyyy-MM-dd}/, in/dt=1999/", "a/a/, a/"})
    void objectsMustNotBeMovedToAListedPrefix(String prefix, String target) {
        properties.putAll(Map.of("cleanup", "move", "s3.prefix", prefix, "cleanup.move.prefix", target));

        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .hasMessage(
                        "cleanup.move.prefix is '" + target + "', and moved objects would be found below s3.prefix ('"
                                + prefix + "') and read again. Choose a prefix outside of it");
    }

    @ParameterizedTest
    @CsvSource({"in/, done/", "in/, in-done/", "in/dt={yyyy-MM-dd}/, done/", "a/, b/a/"})
    void objectsMayBeMovedToOtherPrefixes(String prefix, String target) {
        properties.putAll(Map.of("cleanup", "move", "s3.prefix", prefix, "cleanup.move.prefix", target));

        assertThatCode(() -> SourceSettings.parse(properties)).doesNotThrowAnyException();
    }

    @Test
    void errorsToleranceAllIsRefusedWithEndMarkers() {
        properties.putAll(Map.of("object.end.markers", "true", "errors.tolerance", "ALL"));

        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .hasMessage("object.end.markers is true, and errors.tolerance is all. With errors.tolerance=all Connect"
                        + " drops a row that a transformation or a converter refuses, and the end marker would declare an"
                        + " incomplete object complete. Set errors.tolerance=none or object.end.markers=false");
    }

    @ParameterizedTest
    @CsvSource({"true, none", "false, all", "true, ''"})
    void errorsToleranceAndEndMarkersAreAcceptedSeparately(String markers, String tolerance) {
        properties.putAll(Map.of("object.end.markers", markers, "errors.tolerance", tolerance));

        assertThatCode(() -> SourceSettings.parse(properties)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            columns          | price:int64,unit-price:int64,2nd:string? | 'unit-price', '2nd'
            file.date.column | file date                                | 'file date'
            record.name      | my-shop.Row                              | 'my-shop.Row'
            record.name      | shop..Row                                | 'shop..Row'
            """)
    void nameThatAvroDoesNotAllowIsRefusedWithAnAvroConverter(String key, String value, String names) {
        properties.putAll(Map.of(key, value, "value.converter", "io.confluent.connect.avro.AvroConverter"));

        assertThatThrownBy(() -> SourceSettings.parse(properties))
                .hasMessage(key + " contains names that Avro does not allow: " + names + ". Use letters, digits and"
                        + " underscores, do not start with a digit, or set value.converter.scrub.invalid.names=true");
    }

    @ParameterizedTest
    @CsvSource({
        "io.confluent.connect.avro.AvroConverter, true",
        "org.apache.kafka.connect.json.JsonConverter, false",
        "'', ''"
    })
    void nameThatAvroDoesNotAllowIsAcceptedIfNoAvroConverterRefusesIt(String converter, String scrub) {
        properties.putAll(Map.of(
                "columns", "unit-price:int64",
                "value.converter", converter,
                "value.converter.scrub.invalid.names", scrub));

        assertThatCode(() -> SourceSettings.parse(properties)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tasks.reader.class | It is not needed: every object is read as CSV; see csv.delimiter, csv.header and columns.
            fs.listing.class   | It is not needed: objects are always listed in S3; see s3.bucket and s3.prefix.
            s3.bucket.name     | Use s3.bucket.
            format.class       | It is not needed: every object is read as CSV; see csv.delimiter, csv.header and columns.
            topics.dir         | Use s3.prefix.
            aws.s3.bucket.name | Use s3.bucket.
            connect.s3.kcql    | Use s3.bucket, s3.prefix and topic.
            csv.escape.char    | Use csv.escape.
            csv.null.field.indicator | Use null.empty and null.quoted.
            """)
    void keyOfAnotherConnectorIsRefusedWithTheEquivalent(String key, String advice) {
        properties.put(key, "x");

        assertThat(SourceSettings.TABLE.validate(properties).configValues())
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .singleElement()
                .satisfies(value -> {
                    assertThat(value.name()).isEqualTo(key);
                    assertThat(value.errorMessages())
                            .containsExactly(key + " is a key of another connector. " + advice);
                });
    }

    @Test
    void wordsInAdviceAreKeysOfThisConnector() {
        assertThat(KeysOfOthers.advice().keySet())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(SourceSettings.TABLE.names());
        assertThat(KeysOfOthers.advice().values())
                .isNotEmpty()
                .allSatisfy(sentence -> assertThat(
                                SourceSettings.TABLE.names().stream().anyMatch(sentence::contains)
                                        || sentence.contains("Connect's source offsets"))
                        .as(sentence)
                        .isTrue());
    }

    @Test
    void tabAndNoneAreWordsForCharacters() {
        properties.putAll(Map.of("csv.delimiter", "\\t", "csv.quote", "none", "csv.comment", "#", "csv.escape", "\\"));

        assertThat(SourceSettings.parse(properties).format().dialect()).satisfies(dialect -> {
            assertThat(dialect.delimiter()).isEqualTo("\t");
            assertThat(dialect.quote()).isNull();
            assertThat(dialect.comment()).isEqualTo('#');
            assertThat(dialect.escape()).isEqualTo('\\');
        });
    }

    @Test
    void everyCredentialsProviderCanBeConfigured() {
        assertThat(SourceSettings.parse(properties).s3().credentials()).isEqualTo(new S3Credentials.Default());
        properties.put("s3.credentials", "PROFILE");
        properties.put("s3.profile", "reader");
        assertThat(SourceSettings.parse(properties).s3().credentials()).isEqualTo(new S3Credentials.Profile("reader"));
        properties.put("s3.credentials", "assume-role");
        properties.put("s3.role.arn", "arn:aws:iam::1:role/r");
        properties.put("s3.role.external.id", "42");
        assertThat(SourceSettings.parse(properties).s3().credentials())
                .isEqualTo(new S3Credentials.AssumeRole("arn:aws:iam::1:role/r", "42", "catalog-connect"));
    }
}
