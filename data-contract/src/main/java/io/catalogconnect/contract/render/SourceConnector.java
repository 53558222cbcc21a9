package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.Product;
import io.catalogconnect.contract.model.S3Server;
import io.catalogconnect.contract.model.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders the S3 CSV source of a valid contract. */
public final class SourceConnector {
    private final Contract contract;
    private final Environment environment;
    private final DataObject product;
    private final Map<String, String> config = new LinkedHashMap<>();

    private SourceConnector(Contract contract, Environment environment) {
        this.contract = contract;
        this.environment = environment;
        this.product = contract.objects().get(0);
    }

    /** The connector of an environment. */
    public static Connector of(Contract contract, Environment environment) {
        SourceConnector source = new SourceConnector(contract, environment);
        source.bucket(environment.landing());
        source.topics();
        source.records(environment.landing());
        source.delivery();
        Converters.put(environment.stream(), source.config);
        source.config.put("producer.override.batch.size", "262144");
        source.config.put("producer.override.linger.ms", "20");
        source.config.put("producer.override.compression.type", "lz4");
        source.transforms();
        source.config.putAll(contract.product().settings().source());
        source.config.putAll(environment.landing().settings());
        return new Connector(contract.sourceConnector(), source.config);
    }

    private void bucket(S3Server landing) {
        config.put("connector.class", "io.catalogconnect.s3csv.S3CsvSourceConnector");
        config.put("tasks.max", String.valueOf(landing.tasks()));
        config.put("s3.bucket", landing.bucket());
        put("s3.prefix", landing.prefix());
        put("s3.region", landing.region());
        put("s3.endpoint", landing.endpointUrl());
        if (landing.pathStyle()) {
            config.put("s3.path.style", "true");
        }
        config.put("s3.credentials", landing.credentials());
        put("s3.access.key.id", landing.accessKeyId());
        put("s3.secret.access.key", landing.secretAccessKey());
    }

    private void topics() {
        config.put("topic", product.topic());
        put(
                "copy.topics",
                contract.objects().stream()
                        .filter(DataObject::isDerived)
                        .map(DataObject::topic)
                        .collect(Collectors.joining(",")));
        put("object.events.topic", contract.product().topics().events());
        if (environment.replaces()) {
            config.put("object.end.markers", "true");
        }
    }

    private void records(S3Server landing) {
        config.put("columns", Columns.source(product));
        put("record.name", contract.product().recordName());
        if (!landing.delimiter().equals(",")) {
            put("csv.delimiter", landing.delimiter());
        }
        landing.csv().forEach((key, value) -> config.put("csv." + key, value));
        put("file.date.pattern", landing.fileDate());
        product.columns().stream()
                .filter(column -> column.origin() == Column.Origin.FILE_DATE)
                .findFirst()
                .ifPresent(column -> config.put("file.date.column", column.name()));
    }

    private void delivery() {
        Product settings = contract.product();
        config.put("bad.rows", settings.rejects());
        if (settings.rejects().equals("topic")) {
            config.put("bad.rows.topic", settings.topics().rejects());
        }
        if (!settings.rejects().equals("fail")) {
            contract.serviceLevel("errorRate").ifPresent(level -> config.put("bad.rows.max.ratio", level.value()));
        }
        TimeSpan.parse(environment.landing().pollInterval())
                .ifPresent(span -> config.put("poll.interval.ms", String.valueOf(span.millis())));
        config.put("batch.max.rows", "2000");
        config.put("exactly.once.support", "required");
        config.put("transaction.boundary", "connector");
    }

    private void transforms() {
        boolean filters = contract.objects().stream().anyMatch(DataObject::isDerived);
        List<String> pseudonymized = product.columns().stream()
                .filter(Column::pseudonymize)
                .map(Column::name)
                .toList();
        List<String> names = new ArrayList<>();
        if (filters) {
            names.add("teams");
        }
        if (!pseudonymized.isEmpty()) {
            names.add("pseudonyms");
        }
        put("transforms", String.join(",", names));
        if (filters) {
            config.put("transforms.teams.type", "io.catalogconnect.transforms.ConditionFilter");
            config.put("transforms.teams.conditions.by.topic", conditions());
            config.put("transforms.teams.topics.without.condition", "fail");
            config.put("transforms.teams.fields", Columns.fields(product));
        }
        if (!pseudonymized.isEmpty()) {
            config.put("transforms.pseudonyms.type", "io.catalogconnect.transforms.Pseudonymize$Value");
            config.put("transforms.pseudonyms.fields", String.join(",", pseudonymized));
            config.put("transforms.pseudonyms.secret", contract.product().pseudonymSecret());
            pseudonymizeRowsOnly();
        }
    }

    /** Events of objects and malformed rows do not have the columns. All other topics are pseudonymized. */
    private void pseudonymizeRowsOnly() {
        List<String> others = otherTopics();
        if (!others.isEmpty()) {
            config.put("transforms.pseudonyms.predicate", "events");
            config.put("transforms.pseudonyms.negate", "true");
            config.put("predicates", "events");
            config.put("predicates.events.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
            config.put(
                    "predicates.events.pattern",
                    others.stream().map(topic -> topic.replace(".", "\\.")).collect(Collectors.joining("|")));
        }
    }

    /** The topics whose records are no rows. */
    private List<String> otherTopics() {
        return Stream.of(
                        contract.product().topics().events(),
                        contract.product().topics().rejects())
                .filter(topic -> !topic.isEmpty())
                .toList();
    }

    /** One entry for each topic. Further lines of a rule start with a space. */
    private String conditions() {
        List<String> entries = new ArrayList<>();
        entries.add(product.topic() + ": true");
        otherTopics().forEach(topic -> entries.add(topic + ": true"));
        for (DataObject object : contract.objects()) {
            if (object.isDerived()) {
                entries.add(object.topic() + ": "
                        + object.rule()
                                .lines()
                                .filter(line -> !line.isBlank())
                                .map(String::strip)
                                .collect(Collectors.joining("\n ")));
            }
        }
        return String.join("\n", entries);
    }

    private void put(String key, String value) {
        if (!value.isEmpty()) {
            config.put(key, value);
        }
    }
}
