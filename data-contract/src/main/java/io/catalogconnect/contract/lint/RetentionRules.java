package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Product.TopicSettings;
import io.catalogconnect.contract.model.S3Server;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.model.TimeSpan;
import java.util.List;
import java.util.Optional;

/** Time spans: the retention of the product is the upper limit of all others. */
record RetentionRules(Contract contract, Findings findings) {
    private static final List<String> SPANS = List.of("retention", "latency", "frequency");

    void check() {
        for (ServiceLevel level : contract.serviceLevels()) {
            if (SPANS.contains(level.property())
                    && level.span().isEmpty()
                    && !level.value().isEmpty()) {
                findings.error(
                        level.places().value("value"),
                        "sla",
                        "The service level " + level.property() + " is '" + level.value() + "' with the unit '"
                                + level.unit() + "'. Write a whole number, and one of the units s, m, h, d, y.");
            }
        }
        contract.landings().forEach(this::pollInterval);
        Optional<ServiceLevel> retention = contract.serviceLevel("retention");
        if (retention.isEmpty()) {
            findings.error(
                    contract.places().value("slaProperties"),
                    "retention-missing",
                    "No service level has the property retention. Say how long the data is kept.");
        }
        TopicSettings topics = contract.product().topics();
        if (topics.retention().isEmpty()) {
            return;
        }
        Optional<TimeSpan> ofTopics = topics.retentionSpan();
        if (ofTopics.isEmpty()) {
            findings.error(
                    topics.places().value("retention"),
                    "retention",
                    "topics.retention is '" + topics.retention() + "'. Write " + TimeSpan.FORM + ".");
            return;
        }
        retention.flatMap(ServiceLevel::span).ifPresent(span -> {
            if (ofTopics.get().duration().compareTo(span.duration()) > 0) {
                findings.error(
                        topics.places().value("retention"),
                        "retention",
                        "topics.retention is " + topics.retention() + ", which is longer than the retention of the"
                                + " product, " + span.days() + "d.");
            }
        });
    }

    private void pollInterval(S3Server server) {
        if (!server.pollInterval().isEmpty()
                && TimeSpan.parse(server.pollInterval()).isEmpty()) {
            findings.error(
                    server.places().value("pollInterval"),
                    "poll-interval",
                    "pollInterval is '" + server.pollInterval() + "'. Write " + TimeSpan.FORM + ".");
        }
    }
}
