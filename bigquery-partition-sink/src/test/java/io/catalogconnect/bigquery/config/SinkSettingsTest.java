package io.catalogconnect.bigquery.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.client.CredentialsType;
import io.catalogconnect.bigquery.client.Service;
import io.catalogconnect.bigquery.client.ServiceCredentials;
import io.catalogconnect.bigquery.commit.WriterSettings;
import io.catalogconnect.bigquery.convert.Descriptions;
import io.catalogconnect.bigquery.flow.FlowSettings;
import io.catalogconnect.bigquery.record.ChangeRules;
import io.catalogconnect.bigquery.replace.ReplaceSettings;
import io.catalogconnect.bigquery.replace.ReplaceTables;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ObjectColumns;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.PolicyTags;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SinkSettingsTest {

    private static final Map<String, String> SMALLEST = Map.of(
            "name",
            "catalog-sink",
            "bigquery.project",
            "p",
            "bigquery.dataset",
            "d",
            "partition.field",
            "catalog_date",
            "topics",
            "t");

    @Test
    void everyKeyHasItsDefault() {
        assertThat(SinkSettings.definition().configKeys().values().stream()
                        .map(SinkSettingsTest::keyWithDefault)
                        .sorted())
                .containsExactly("""
                        append.linger.ms=20
                        append.max.bytes=1048576
                        append.max.in.flight=8
                        append.max.rows=1000
                        append.timeout.ms=60000
                        bigquery.credentials.file=
                        bigquery.credentials.json=[hidden]
                        bigquery.credentials.types=service_account,authorized_user
                        bigquery.credentials=default
                        bigquery.dataset is required
                        bigquery.location=US
                        bigquery.project is required
                        bigquery.request.timeout.ms=30000
                        bigquery.rest.endpoint=
                        bigquery.storage.endpoint=
                        bigquery.storage.plaintext=false
                        buffer.max.bytes=33554432
                        clustering.fields=
                        column.descriptions=
                        column.names=ascii
                        column.policy.tags=
                        delivery.guarantee=exactly-once
                        header.columns=
                        integer.time.unit=millis
                        other.connectors=fail
                        partition.expiration.ms=-1
                        partition.field=
                        partition.filter.required=false
                        partition.range=
                        partition.type=day
                        registry.table=_catalog_connect_streams
                        replace.filtered.topics=
                        replace.history.days=400
                        replace.history.suffix=_history
                        replace.min.interval.ms=10000
                        replace.publications.table=_catalog_connect_publications
                        replace.unit=partition
                        replace.versions.table=_catalog_connect_versions
                        retry.backoff.max.ms=30000
                        retry.backoff.ms=200
                        schema.evolution=none
                        schema.propagation.timeout.ms=3600000
                        settle.timeout.ms=500
                        table.create=true
                        table.description=
                        table.labels=
                        tables.allowed=
                        tables=
                        takeover.streams.per.second=40
                        takeover.timeout.ms=180000
                        takeover.visibility.timeout.ms=600000
                        timestamp.column=_kafka_timestamp
                        tombstones=skip
                        upsert.delete.when=
                        upsert.generation=0
                        upsert.key.columns=
                        upsert.key.source=record-key
                        upsert.max.staleness.ms=-1
                        upsert.version.column=
                        variable.scale.decimals=bignumeric
                        write.mode=append""".split("\n"));
    }

    @Test
    void tasksShareTheWriteStreamsPerSecond() {
        assertThat(SinkSettings.of(SMALLEST).streamsPerSecond()).isEqualTo(40);
        assertThat(SinkSettings.of(with("tasks.max", "16")).streamsPerSecond()).isEqualTo(2.5);
        assertThat(SinkSettings.of(with("tasks.max", "16", "takeover.streams.per.second", "4"))
                        .streamsPerSecond())
                .isEqualTo(0.25);
    }

    @Test
    void defaultsBecomeSettings() {
        SinkSettings settings = SinkSettings.of(SMALLEST);
        FlowSettings flow = settings.flow();

        assertThat(flow.connector()).isEqualTo("catalog-sink");
        assertThat(settings.service())
                .isEqualTo(new Service(
                        "p",
                        "d",
                        "US",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        new ServiceCredentials.ApplicationDefault(),
                        Set.of(CredentialsType.SERVICE_ACCOUNT, CredentialsType.AUTHORIZED_USER),
                        Duration.ofSeconds(30)));
        assertThat(settings.published().partitioning())
                .isEqualTo(new Partitioning(
                        Partitioning.Unit.DAY, Optional.of("catalog_date"), Optional.empty(), false, Optional.empty()));
        assertThat(settings.published().clustering()).isEmpty();
        assertThat(settings.published().labels()).isEmpty();
        assertThat(flow.records().layout()).isEqualTo(settings.published());
        assertThat(flow.records().createTables()).isTrue();
        assertThat(flow.records().evolution()).isEqualTo(SchemaEvolution.NONE);
        assertThat(flow.records().tombstones()).isEqualTo(FlowSettings.Tombstones.SKIP);
        assertThat(flow.records().router().tableFor("products.raw")).isEqualTo("products_raw");
        assertThat(flow.guarantee()).isEqualTo(FlowSettings.Guarantee.EXACTLY_ONCE);
        assertThat(flow.buffer()).isEqualTo(new FlowSettings.Buffer(33_554_432, Duration.ofMillis(500)));
        assertThat(flow.retries()).isEqualTo(new FlowSettings.Retries(Duration.ofMillis(200), Duration.ofSeconds(30)));
        assertThat(flow.writer())
                .isEqualTo(new WriterSettings(
                        new WriterSettings.Appends(
                                1_000, 1_048_576, 8, 5, Duration.ofMillis(20), Duration.ofMinutes(1)),
                        new WriterSettings.TakeOvers(
                                Duration.ofMinutes(3), Duration.ZERO, WriterSettings.OtherConnectors.FAIL),
                        Duration.ofHours(1)));
        assertThat(flow.replace()).isEmpty();
        assertThat(settings.registryTable()).isEqualTo("_catalog_connect_streams");
        assertThat(settings.checkpointsTable()).isEqualTo("_catalog_connect_streams_checkpoints");
        assertThat(settings.timestampColumn()).isEqualTo("_kafka_timestamp");
    }

    @Test
    void givenValuesBecomeSettings() {
        SinkSettings settings = SinkSettings.of(with(
                "bigquery.location", "EU",
                "bigquery.rest.endpoint", "http://127.0.0.1:9050",
                "bigquery.storage.endpoint", "127.0.0.1:9060",
                "bigquery.storage.plaintext", "true",
                "bigquery.credentials", "file",
                "bigquery.credentials.file", "/etc/key.json",
                "bigquery.credentials.types", "external_account",
                "partition.type", "range",
                "partition.field", "year_release",
                "partition.range", "1950:2050:10",
                "partition.filter.required", "true",
                "partition.expiration.ms", "1000",
                "schema.evolution", "relax",
                "table.labels", "team:a, cost:b",
                "table.description", "Products; each once.",
                "column.policy.tags", "brand: projects/p/locations/eu/taxonomies/1/policyTags/2; maker.name: none",
                "column.descriptions", "brand: Who makes it; maker.name : Its name: short",
                "timestamp.column", "",
                "tombstones", "Dead-Letter",
                "tables", "a:b, c:b"));

        assertThat(settings.service())
                .isEqualTo(new Service(
                        "p",
                        "d",
                        "EU",
                        Optional.of("http://127.0.0.1:9050"),
                        Optional.of("127.0.0.1:9060"),
                        true,
                        new ServiceCredentials.KeyFile(Path.of("/etc/key.json")),
                        Set.of(CredentialsType.EXTERNAL_ACCOUNT),
                        Duration.ofSeconds(30)));
        assertThat(settings.published().partitioning())
                .isEqualTo(new Partitioning(
                        Partitioning.Unit.RANGE,
                        Optional.of("year_release"),
                        Optional.of(Duration.ofSeconds(1)),
                        true,
                        Optional.of(new Partitioning.Range(1950, 2050, 10))));
        assertThat(settings.published().labels()).isEqualTo(Map.of("team", "a", "cost", "b"));
        assertThat(settings.published().descriptions())
                .isEqualTo(new Descriptions(
                        "Products; each once.",
                        Map.of("brand", "Who makes it", "maker.name", "Its name: short"),
                        ColumnNaming.ASCII));
        assertThat(settings.published().policyTags())
                .isEqualTo(new PolicyTags(
                        Map.of("brand", "projects/p/locations/eu/taxonomies/1/policyTags/2", "maker.name", "")));
        assertThat(settings.timestampColumn()).isEmpty();
        assertThat(settings.flow().records().evolution()).isEqualTo(SchemaEvolution.RELAX);
        assertThat(settings.flow().records().tombstones()).isEqualTo(FlowSettings.Tombstones.DEAD_LETTER);
        assertThat(settings.flow().records().router().tableFor("c")).isEqualTo("b");
    }

    @Test
    void replaceModeAppendsToAHistory() {
        SinkSettings settings =
                SinkSettings.of(with("write.mode", "replace", "replace.filtered.topics", "products.raw"));

        assertThat(settings.flow().replace())
                .contains(new FlowSettings.Replace(
                        false,
                        "catalog_date",
                        400,
                        new ReplaceTables("_history", "_catalog_connect_versions", "_catalog_connect_publications"),
                        new ReplaceSettings(
                                Duration.ofSeconds(10),
                                1_500,
                                Duration.ofMinutes(3),
                                Duration.ofDays(1),
                                Set.of("products.raw"))));
        assertThat(settings.flow().records().layout().partitioning())
                .isEqualTo(new Partitioning(
                        Partitioning.Unit.DAY,
                        Optional.of(ObjectColumns.DATE),
                        Optional.of(Duration.ofDays(400)),
                        false,
                        Optional.empty()));
        assertThat(settings.published().partitioning().field()).contains("catalog_date");
        assertThat(settings.flow().writer().takeOver().visibilityTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void upsertModeHasItsRules() {
        assertThat(SinkSettings.of(SMALLEST).flow().upsert()).isEmpty();
        SinkSettings settings = SinkSettings.of(with(
                "write.mode", "upsert",
                "upsert.key.source", "headers",
                "upsert.key.columns", "a,b",
                "header.columns", "x:a:int64,y:b",
                "upsert.version.column", "updated_at",
                "upsert.delete.when", "op = d",
                "upsert.generation", "2",
                "upsert.max.staleness.ms", "600000"));
        assertThat(settings.flow().upsert())
                .contains(new ChangeRules(
                        ChangeRules.KeySource.HEADERS,
                        List.of("a", "b"),
                        Optional.of("updated_at"),
                        Optional.of(new ChangeRules.DeleteWhen("op", "d")),
                        2,
                        Optional.of(Duration.ofMinutes(10))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upsert.key.source         | value         | upsert.key.columns is required unless upsert.key.source=record-key. List the columns of the primary key
            upsert.key.source         | key           | upsert.key.source is 'key': it must be one of record-key, value, headers
            upsert.key.columns        | a-b           | upsert.key.columns is 'a-b': each entry must be a column name
            upsert.key.columns        | a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q | upsert.key.columns is 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q': it must name at most 16 columns
            upsert.delete.when        | deleted       | upsert.delete.when is 'deleted': it must be field=value, for example __deleted=true
            delivery.guarantee        | at-least-once | delivery.guarantee has no effect with write.mode=upsert: a repeated change does not change the table. Remove it
            partition.filter.required | true          | partition.filter.required cannot be true with write.mode=upsert, because BigQuery does not support it while queries apply changes. Remove it
            partition.field           | ''            | partition.field is required unless partition.type=none. Set one of the two
            """)
    void invalidValueOfUpsertModeIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> SinkSettings.of(with("write.mode", "upsert", key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void keyColumnsFromHeadersMustBeHeaderColumns() {
        assertThatThrownBy(() -> SinkSettings.of(
                        with("write.mode", "upsert", "upsert.key.source", "headers", "upsert.key.columns", "a")))
                .hasMessage(
                        "upsert.key.columns names 'a', which is not in header.columns. Add it there as header:a:type,"
                                + " or set another upsert.key.source");
    }

    @Test
    void credentialsComeFromTheConfiguredSource() {
        assertThat(SinkSettings.of(with("bigquery.credentials", "none"))
                        .service()
                        .credentials())
                .isEqualTo(new ServiceCredentials.None());
        ServiceCredentials json = SinkSettings.of(
                        with("bigquery.credentials", "JSON", "bigquery.credentials.json", "{}"))
                .service()
                .credentials();
        assertThat(json).isEqualTo(new ServiceCredentials.KeyJson("{}")).hasToString("KeyJson[hidden]");
    }

    @Test
    void tableWithoutPartitionsNeedsNoPartitionColumn() {
        assertThat(SinkSettings.of(with("partition.type", "none", "partition.field", ""))
                        .published()
                        .partitioning())
                .isEqualTo(Partitioning.NONE);
    }

    @Test
    void atLeastOnceAcceptsIngestionTimePartitions() {
        Map<String, String> properties = with("delivery.guarantee", "At-Least-Once", "partition.field", "");

        assertThat(SinkSettings.of(properties).published().partitioning().byIngestionTime())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bigquery.dataset           | my-dataset            | bigquery.dataset is 'my-dataset': it must be a dataset ID of letters, digits and underscores
            bigquery.project           | ''                    | bigquery.project is '': it must be a project ID of lower-case letters, digits and hyphens
            bigquery.project           | ${env:PROJECT}        | bigquery.project contains a placeholder (${...}) that no configuration provider has replaced. Check the worker's config.providers and which files or variables they may read
            bigquery.credentials.json  | ${file:x}             | bigquery.credentials.json contains a placeholder (${...}) that no configuration provider has replaced. Check the worker's config.providers and which files or variables they may read
            bigquery.storage.endpoint  | http://127.0.0.1:9060 | bigquery.storage.endpoint is 'http://127.0.0.1:9060': it must be host:port, without a scheme
            bigquery.rest.endpoint     | 127.0.0.1             | bigquery.rest.endpoint is '127.0.0.1': it must be an http or https address such as http://127.0.0.1:9050
            partition.type             | week                  | partition.type is 'week': it must be one of none, hour, day, month, year, range
            tables                     | products.raw=products | tables is 'products.raw=products': each entry must be topic:table, with a table name of letters, digits and underscores
            partition.range            | 1-2                   | partition.range is '1-2': it must be start:end:interval, for example 0:100000:1000
            partition.range            | 2:1:1                 | partition.range is '2:1:1': start must be below end, and the interval at least 1
            header.columns             | a                     | header.columns is 'a': each entry must be header:column or header:column:type
            header.columns             | a:b:float             | header.columns is 'a:b:float': the type 'float' must be string, int64, float64, bool, date or timestamp
            table.labels               | Team:A                | table.labels is 'Team:A': each entry must be key:value of lower-case letters, digits, underscores and hyphens
            clustering.fields          | a;b                   | clustering.fields is 'a;b': each entry must be a column name
            partition.field            | 1a                    | partition.field is '1a': it must be a column name
            clustering.fields          | a,b,c,d,e             | clustering.fields is 'a,b,c,d,e': it must name at most 4 columns
            column.descriptions        | brand                 | column.descriptions is 'brand': 'brand' must have the form 'column: description'; semicolons separate entries
            column.policy.tags         | brand: tag            | column.policy.tags is 'brand: tag': 'brand: tag' must have the form 'column: tag'; semicolons separate entries
            append.max.rows            | 0                     | append.max.rows is '0': it must be 1 to 50000
            bigquery.credentials       | file                  | bigquery.credentials.file is required with bigquery.credentials=file. Set it to the path of a key file
            bigquery.credentials       | json                  | bigquery.credentials.json is required with bigquery.credentials=json. Set it to the content of a key file
            bigquery.credentials.types | key                   | bigquery.credentials.types is 'key': each entry must be one of service_account, authorized_user, external_account, external_account_authorized_user, impersonated_service_account, gdch_service_account
            bigquery.rest.endpoint     | http://bq.example     | bigquery.rest.endpoint would send the credentials' token to another machine without encryption. Set an https address, or bigquery.credentials=none
            bigquery.rest.endpoint     | http://127.0.0.1.example.com:80 | bigquery.rest.endpoint would send the credentials' token to another machine without encryption. Set an https address, or bigquery.credentials=none
            tables                     | t:_catalog_connect_streams | tables cannot be used: Topic t: table _catalog_connect_streams is reserved for the connector's own records. Choose another name in tables.
            tables                     | t:_catalog_connect_any | tables cannot be used: Topic t: table _catalog_connect_any is reserved for the connector's own records. Choose another name in tables.
            registry.table             | t                     | tables cannot be used: Topic t: table t is reserved for the connector's own records. Choose another name in tables.
            tables.allowed             | team_a_*              | tables cannot be used: Topic t: table t is not permitted by tables.allowed. Choose a permitted name in tables.
            tables.allowed             | a-b                   | tables.allowed is 'a-b': each entry must be a table name, with * for any characters
            topics                     | t,t05.x,t05-x         | tables cannot be used: Topics t05-x and t05.x both map to table t05_x. Add an entry for each of them to tables.
            bigquery.storage.plaintext | true                  | bigquery.storage.plaintext is true, but Google's endpoint requires TLS. Set bigquery.storage.endpoint, or remove bigquery.storage.plaintext
            partition.field            | ''                    | partition.field is required with delivery.guarantee=exactly-once, because rows that are partitioned by the time of their arrival cannot be written exactly once. Set it to a column, or set delivery.guarantee=at-least-once
            partition.type             | none                  | partition.field has no effect with partition.type=none. Remove one of the two
            partition.type             | range                 | partition.range is required with partition.type=range. Set it to start:end:interval
            partition.range            | 0:10:1                | partition.range has no effect without partition.type=range. Remove one of the two
            """)
    void invalidValueIsRefusedByValidationAndStart(String key, String value, String message) {
        Map<String, String> properties = with(key, value);

        assertThat(SinkSettings.validate(properties).configValues().stream()
                        .flatMap(result -> result.errorMessages().stream()))
                .containsExactly(message);
        assertThatThrownBy(() -> SinkSettings.of(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9050, 127.0.0.1:9060, default",
        "http://localhost:9050, localhost:9060, default",
        "http://[::1]:9050, '', default",
        "http://local-bigquery:9050, local-bigquery:9060, none",
        "https://bigquery.example, '', default"
    })
    void tokenIsSentEncryptedOrNotBeyondThisMachine(String rest, String storage, String credentials) {
        assertThat(SinkSettings.of(with(
                                "bigquery.rest.endpoint", rest,
                                "bigquery.storage.endpoint", storage,
                                "bigquery.storage.plaintext", String.valueOf(!storage.isEmpty()),
                                "bigquery.credentials", credentials))
                        .service()
                        .restEndpoint())
                .contains(rest);
    }

    @Test
    void tokenIsNotSentInPlainTextToAnotherStorageEndpoint() {
        assertThatThrownBy(() -> SinkSettings.of(with(
                        "bigquery.storage.endpoint", "bigquery.example:443", "bigquery.storage.plaintext", "true")))
                .hasMessage("bigquery.storage.plaintext would send the credentials' token to another machine without"
                        + " encryption. Set bigquery.storage.plaintext=false, or bigquery.credentials=none");
    }

    @Test
    void tableWithTheSuffixOfHistoriesIsRefusedInReplaceMode() {
        assertThatThrownBy(() -> SinkSettings.of(with("write.mode", "replace", "tables", "t:t_history")))
                .hasMessage(
                        "tables cannot be used: Topic t: table t_history ends with _history, the suffix of histories."
                                + " Choose another name in tables, or another replace.history.suffix.");
        assertThat(SinkSettings.of(with("tables", "t:t_history"))
                        .flow()
                        .records()
                        .router()
                        .tableFor("t"))
                .isEqualTo("t_history");
    }

    @Test
    void integerRangeNeedsAColumnWithEveryGuarantee() {
        assertThatThrownBy(() -> SinkSettings.of(with(
                        "delivery.guarantee", "at-least-once",
                        "partition.type", "range",
                        "partition.range", "0:10:1",
                        "partition.field", "")))
                .hasMessage("partition.field is required with partition.type=range. Set it to an INT64 column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project",
                "defaultDataset",
                "autoCreateTables",
                "sanitizeTopics",
                "upsertEnabled",
                "deleteEnabled",
                "kafkaKeyFieldName",
                "kafkaDataFieldName",
                "bigQueryPartitionDecorator",
                "timestampPartitionFieldName",
                "clusteringPartitionFieldNames",
                "allowNewBigQueryFields",
                "topic2TableMap",
                "keyfile",
                "keySource",
                "enableBatchLoad",
                "gcsBucketName",
                "useStorageWriteApi",
                "commitInterval",
                "datasets",
                "auto.create.tables",
                "ingestion.mode"
            })
    void keyOfAnotherConnectorIsRefusedWithItsEquivalent(String key) {
        List<ConfigValue> refused = SinkSettings.validate(with(key, "true")).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .toList();

        assertThat(refused).singleElement().satisfies(value -> {
            assertThat(value.name()).isEqualTo(key);
            assertThat(value.errorMessages())
                    .singleElement()
                    .asString()
                    .matches(key + " is a key of another connector\\. (Use|Remove it:) .+\\.");
        });
    }

    @Test
    void adviceNamesExistingKeysOnlyAndRefusesNoneOfThem() {
        Set<String> names = SinkSettings.definition().names();

        assertThat(KeysOfOtherConnectors.ADVICE).hasSizeGreaterThan(50);
        assertThat(KeysOfOtherConnectors.ADVICE.keySet()).doesNotContainAnyElementsOf(names);
        assertThat(KeysOfOtherConnectors.ADVICE.values().stream()
                        .flatMap(advice -> List.of(advice.split("[ ;,=:]|\\.( |$)")).stream())
                        .filter(word -> word.matches("[a-z]+(\\.[a-z]+)+"))
                        .filter(word -> !Set.of("value.converter", "key.converter", "tasks.max")
                                .contains(word)))
                .isNotEmpty()
                .isSubsetOf(names);
    }

    @Test
    void unusedKeyIsNamedWithWhatWasProbablyMeant() {
        assertThat(SinkSettings.unusedKeys(with("append.max.row", "1", "topics", "t", "errors.tolerance", "all")))
                .containsExactly("append.max.row is not used. Did you mean append.max.rows?");
    }

    private static String keyWithDefault(ConfigKey key) {
        return key.hasDefault()
                ? key.name + "=" + ConfigDef.convertToString(key.defaultValue, key.type)
                : String.format(Locale.ROOT, "%s is required", key.name);
    }

    private static Map<String, String> with(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>(SMALLEST);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }
}
