package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.KafkaServer;
import io.catalogconnect.contract.model.Policy;
import io.catalogconnect.contract.model.Policy.Limits;
import io.catalogconnect.contract.model.Product;
import io.catalogconnect.contract.model.S3Server;
import io.catalogconnect.contract.model.ServiceLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A contract names only what the platform policy permits its team. */
public final class PolicyRules {
    private static final String RULE = "policy";

    private final Contract contract;
    private final Findings findings;

    private PolicyRules(Contract contract, Findings findings) {
        this.contract = contract;
        this.findings = findings;
    }

    /** Adds what the policy does not permit. */
    public static void check(Contract contract, Policy policy, Findings findings) {
        String team = contract.team().name();
        Optional<Limits> limits = policy.of(team);
        if (limits.isPresent()) {
            new PolicyRules(contract, findings).check(limits.get());
        } else {
            findings.error(
                    contract.team().places().value("name"),
                    RULE,
                    "The policy has no entry for the team '" + team + "'.");
        }
    }

    private void check(Limits limits) {
        contract.objects()
                .forEach(object -> permitted(
                        "topic",
                        object.topic(),
                        limits.topics(),
                        object.places().value("topic")));
        Product.TopicSettings topics = contract.product().topics();
        permitted("topic", topics.events(), limits.topics(), topics.places().value("events"));
        permitted("topic", topics.rejects(), limits.topics(), topics.places().value("rejects"));
        servers(limits);
        settings(limits);
        if (limits.partitions() > 0 && topics.partitions() > limits.partitions()) {
            findings.error(
                    topics.places().value("partitions"),
                    RULE,
                    "The topics have " + topics.partitions() + " partitions. The policy permits at most "
                            + limits.partitions() + ".");
        }
        retention(limits);
    }

    private void servers(Limits limits) {
        for (S3Server server : contract.landings()) {
            String address = server.location().replaceFirst("^s3://", "");
            permitted("bucket", address, limits.buckets(), server.places().value("location"));
        }
        for (KafkaServer server : contract.streams()) {
            permitted("host", server.host(), limits.hosts(), server.places().value("host"));
        }
        for (BigQueryServer server : contract.warehouses()) {
            permitted(
                    "dataset",
                    server.project() + "." + server.dataset(),
                    limits.datasets(),
                    server.places().value("dataset"));
        }
    }

    private void settings(Limits limits) {
        Product.ConnectorSettings settings = contract.product().settings();
        keys(settings.source(), limits, settings.places().value("source"));
        keys(settings.sink(), limits, settings.places().value("sink"));
        contract.landings()
                .forEach(server ->
                        keys(server.settings(), limits, server.places().value("settings")));
        contract.warehouses()
                .forEach(server ->
                        keys(server.settings(), limits, server.places().value("settings")));
    }

    private void keys(Map<String, String> settings, Limits limits, Place place) {
        settings.keySet().forEach(key -> permitted("setting", key, limits.settings(), place));
    }

    private void retention(Limits limits) {
        Optional<ServiceLevel> level = contract.serviceLevel("retention");
        level.flatMap(ServiceLevel::span)
                .ifPresent(span -> limits.retentionSpan()
                        .filter(longest -> span.duration().compareTo(longest.duration()) > 0)
                        .ifPresent(longest -> findings.error(
                                level.get().places().value("value"),
                                RULE,
                                "The retention is " + span.days() + "d. The policy permits at most " + longest.text()
                                        + ".")));
    }

    private void permitted(String what, String value, List<String> patterns, Place place) {
        if (!value.isEmpty() && patterns.stream().noneMatch(pattern -> matches(pattern, value))) {
            findings.error(
                    place,
                    RULE,
                    "The policy does not permit the " + what + " '" + value + "'. "
                            + (patterns.isEmpty()
                                    ? "It permits none."
                                    : "It permits " + String.join(", ", patterns) + "."));
        }
    }

    private static boolean matches(String pattern, String value) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
    }
}
