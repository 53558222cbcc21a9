package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings do not say what the contract says: where rows come from and go to, and how they are filtered and pseudonymized. */
record SettingRules(Contract contract, Findings findings) {
    private static final Set<String> SOURCE = Set.of(
            "bad.rows.topic",
            "columns",
            "copy.topics",
            "file.date.column",
            "object.end.markers",
            "object.events.topic",
            "predicates",
            "s3.bucket",
            "s3.prefix",
            "topic",
            "transforms");
    private static final Set<String> SINK = Set.of(
            "bigquery.dataset",
            "bigquery.project",
            "header.columns",
            "partition.field",
            "replace.filtered.topics",
            "replace.unit",
            "tables",
            "topics",
            "topics.regex");
    private static final Set<String> BOTH = Set.of("connector.class", "name");
    private static final Pattern OWN_STEPS =
            Pattern.compile("(transforms\\.(teams|pseudonyms)|predicates\\.events)\\..*");

    void check() {
        var settings = contract.product().settings();
        check("source", settings.source(), SOURCE, settings.places().value("source"));
        check("sink", settings.sink(), SINK, settings.places().value("sink"));
        contract.landings()
                .forEach(server -> check(
                        "source", server.settings(), SOURCE, server.places().value("settings")));
        contract.warehouses()
                .forEach(server ->
                        check("sink", server.settings(), SINK, server.places().value("settings")));
    }

    private void check(String connector, Map<String, String> settings, Set<String> decided, Place place) {
        for (String key : settings.keySet()) {
            if (decided.contains(key)
                    || BOTH.contains(key)
                    || OWN_STEPS.matcher(key).matches()) {
                findings.error(
                        place,
                        "settings",
                        "The setting '" + key + "' of the " + connector
                                + " follows from the contract. Remove it, and change the contract instead.");
            }
        }
    }
}
