package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.object.s3.S3Credentials;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3CsvSourceConfigTest {

    private final Map<String, String> properties = new HashMap<>(Map.of("s3.bucket", "b", "topic", "t"));

    @Test
    void everySettingSaysWhatItIsAndIsInAGroup() {
        for (ConfigDef.ConfigKey key : S3CsvSourceConfig.CONFIG_DEF.configKeys().values()) {
            assertThat(key.documentation).as(key.name).endsWith(".").hasSizeGreaterThan(15);
            assertThat(key.group).as(key.name).isNotBlank();
            assertThat(key.displayName).as(key.name).isNotBlank();
        }
    }

    @Test
    void onlyBucketAndTopicMustBeGiven() {
        Map<String, Object> mandatory = new TreeMap<>();
        S3CsvSourceConfig.CONFIG_DEF.configKeys().values().stream()
                .filter(key -> key.defaultValue == ConfigDef.NO_DEFAULT_VALUE)
                .forEach(key -> mandatory.put(key.name, ""));

        assertThat(mandatory).containsOnlyKeys("s3.bucket", "topic");
        assertThat(new S3CsvSourceConfig(properties).s3().credentials()).isEqualTo(new S3Credentials.Default());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3.access.key.id", "s3.secret.access.key", "s3.session.token", "s3.sse.customer.key"})
    void secretsArePasswords(String key) {
        assertThat(S3CsvSourceConfig.CONFIG_DEF.configKeys().get(key))
                .extracting(found -> found.type)
                .isEqualTo(ConfigDef.Type.PASSWORD);
    }

    @Test
    void secretsDoNotShow() {
        properties.putAll(
                Map.of("s3.credentials", "static", "s3.access.key.id", "AKIA", "s3.secret.access.key", "hush"));

        S3CsvSourceConfig config = new S3CsvSourceConfig(properties);

        assertThat(config.s3().toString() + config.s3().credentials() + config.values())
                .doesNotContain("hush", "AKIA");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3.bucket          | ' '            | s3.bucket is empty. It needs a value
            s3.region          | eu central 1   | s3.region is 'eu central 1': it must be like eu-central-1
            s3.region          | ''             | s3.region is '': it must be like eu-central-1
            s3.endpoint        | ftp://x        | s3.endpoint is 'ftp://x': it must be like https://host or http://host:port
            s3.credentials     | nobody         | s3.credentials is 'nobody'. It must be one of default, anonymous, static, profile, assume-role
            s3.secret.access.key | ${env:SECRET} | s3.secret.access.key still holds a placeholder (${...}) that no configuration provider has replaced. Check the worker's config.providers and what they may read
            s3.credentials     | static         | s3.access.key.id is empty. s3.credentials=static needs it
            s3.credentials     | assume-role    | s3.role.arn is empty. s3.credentials=assume-role needs it
            s3.sse.customer.key | c2hvcnQ=      | s3.sse.customer.key is not 32 bytes as base64
            s3.sse.customer.key | ###           | s3.sse.customer.key is not 32 bytes as base64
            s3.retry.backoff.max.ms | 1         | s3.retry.backoff.max.ms is 1, less than s3.retry.backoff.ms (100). Raise it
            columns            | a:int65        | columns is 'a:int65': 'a:int65' has a type that is none of string, int32, int64, float64, boolean, decimal(10,2), date, date(dd.MM.yyyy), timestamp, timestamp(yyyy-MM-dd HH:mm:ss;Europe/Berlin), bytes
            columns            | a              | columns is 'a': 'a' is not like name:type or name:type?
            columns            | a:string,a:int64 | columns is 'a:string,a:int64': The column 'a' is there twice
            columns            | a:decimal(2,3) | columns is 'a:decimal(2,3)': 'a:decimal(2,3)': decimal(2,3): want 1 <= precision and 0 <= scale <= precision, as in decimal(10,2)
            file.date.pattern  | dt=            | file.date.pattern is 'dt=': has no group named date. Mark where the date stands, as in dt=(?<date>\\d{4}-\\d{2}-\\d{2})
            csv.header         | absent         | columns is empty. csv.header=absent needs the columns' names
            csv.delimiter      | ;;             | csv.delimiter is ';;': it must be one character, \\t or none
            csv.delimiter      | none           | csv.delimiter is none. It needs one character
            csv.quote          | ,              | csv.delimiter and its like do not fit: delimiter and quote are both ','
            csv.charset        | UTF-16         | csv.charset is 'UTF-16': UTF-16 is neither UTF-8 nor a charset of one byte a character, so byte positions are unknown. Convert the files to UTF-8
            csv.charset        | nonsense       | csv.charset is 'nonsense': there is no such charset
            bad.rows           | topic          | bad.rows.topic is empty. bad.rows=topic needs it
            bad.rows.max.ratio | 2              | Invalid value 2.0 for configuration bad.rows.max.ratio: Value must be no more than 1
            offsets.late.window.ms | 5          | offsets.late.window.ms is 5, and object.events.topic is empty. It needs an events topic, because Connect deletes an entry only with a record
            cleanup            | delete         | cleanup is 'delete'. It must be one of none, tag, move
            cleanup            | move           | cleanup.move.prefix is empty. cleanup=move needs it
            cleanup.tag        | done           | cleanup.tag is 'done': it must be like key=value
            copy.topics        | a,t            | copy.topics has 't', which is empty or there already. Name each topic once
            """)
    void aWrongSettingSaysWhatWouldBeRight(String key, String value, String message) {
        properties.put(key, value);

        assertThatThrownBy(() -> new S3CsvSourceConfig(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void theDateColumnMayNotBeAColumnOfTheFile() {
        properties.put("columns", "a:string,day:date");
        properties.put("file.date.column", "day");

        assertThatThrownBy(() -> new S3CsvSourceConfig(properties))
                .hasMessage("file.date.column does not fit: 'day' is a column of the file as well");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key      | 0     | object.order is key, and offsets.late.window.ms is 5000. Set object.order=modified: a watermark waits for the oldest object that is not read, and entries would pile up behind it
            modified | 60000 | offsets.late.window.ms is 5000, less than object.min.age.ms (60000). Raise it
            """)
    void aWatermarkNeedsMoreThanItsWindow(String order, String minAge, String message) {
        properties.putAll(Map.of(
                "offsets.late.window.ms",
                "5000",
                "object.events.topic",
                "events",
                "object.order",
                order,
                "object.min.age.ms",
                minAge));

        assertThatThrownBy(() -> new S3CsvSourceConfig(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"'', done/", "in/, in/", "in/, in/done/", "in/dt={yyyy-MM-dd}/, in/dt=1999/", "a/a/, a/"})
    void objectsMayNotBeMovedToWhereTheyWouldBeFoundAgain(String prefix, String target) {
        properties.putAll(Map.of("cleanup", "move", "s3.prefix", prefix, "cleanup.move.prefix", target));

        assertThatThrownBy(() -> new S3CsvSourceConfig(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessage("cleanup.move.prefix is '" + target
                        + "', and what is moved there would be found under s3.prefix" + " ('" + prefix
                        + "') and read again. Choose one outside of it");
    }

    @ParameterizedTest
    @CsvSource({"in/, done/", "in/, in-done/", "in/dt={yyyy-MM-dd}/, done/", "a/, b/a/"})
    void objectsMayBeMovedElsewhere(String prefix, String target) {
        properties.putAll(Map.of("cleanup", "move", "s3.prefix", prefix, "cleanup.move.prefix", target));

        assertThatCode(() -> new S3CsvSourceConfig(properties)).doesNotThrowAnyException();
    }

    @Test
    void tabsAndNothingHaveWords() {
        properties.putAll(Map.of("csv.delimiter", "\\t", "csv.quote", "none", "csv.comment", "#", "csv.escape", "\\"));

        assertThat(new S3CsvSourceConfig(properties).format().dialect()).satisfies(dialect -> {
            assertThat(dialect.delimiter()).isEqualTo('\t');
            assertThat(dialect.quote()).isNull();
            assertThat(dialect.comment()).isEqualTo('#');
            assertThat(dialect.escape()).isEqualTo('\\');
        });
    }

    @Test
    void everyKindOfCredentialsCanBeSet() {
        properties.put("s3.credentials", "PROFILE");
        properties.put("s3.profile", "reader");
        assertThat(new S3CsvSourceConfig(properties).s3().credentials()).isEqualTo(new S3Credentials.Profile("reader"));
        properties.put("s3.credentials", "assume-role");
        properties.put("s3.role.arn", "arn:aws:iam::1:role/r");
        properties.put("s3.role.external.id", "42");
        assertThat(new S3CsvSourceConfig(properties).s3().credentials())
                .isEqualTo(new S3Credentials.AssumeRole("arn:aws:iam::1:role/r", "42", "catalog-connect"));
    }
}
