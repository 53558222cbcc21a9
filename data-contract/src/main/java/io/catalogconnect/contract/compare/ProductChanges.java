package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.model.Product;
import io.catalogconnect.contract.model.Product.TopicSettings;
import io.catalogconnect.contract.model.TimeSpan;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Changes of the custom property {@code catalogConnect} of a contract. */
record ProductChanges(Contract before, Contract after, ChangeList changes) {
    private static final List<String> PERSONAL_DATA = List.of("none", "indirect", "direct");

    void add() {
        Product old = before.product();
        Product now = after.product();
        Places places = now.places();
        changes.compare(Level.MAJOR, places.value("unit"), "", "unit", old.unit(), now.unit());
        changes.compare(Level.MAJOR, places.value("recordName"), "", "recordName", old.recordName(), now.recordName());
        Place connectors = places.value("connectors");
        connector("source", connectors, before.sourceConnector(), after.sourceConnector());
        connector("sink", connectors, before.sinkConnector(), after.sinkConnector());
        changes.compare(Level.MINOR, places.value("rejects"), "", "rejects", old.rejects(), now.rejects());
        if (!old.labels().equals(now.labels())) {
            changes.add(Level.PATCH, places.value("labels"), "labels changed");
        }
        if (!old.pseudonymSecret().equals(now.pseudonymSecret())) {
            changes.add(Level.MAJOR, places.value("pseudonymSecret"), "secret of the pseudonyms changed");
        }
        legal(old, now);
        topics(old.topics(), now.topics());
        settings(
                now.settings().places().value("source"),
                old.settings().source(),
                now.settings().source());
        settings(
                now.settings().places().value("sink"),
                old.settings().sink(),
                now.settings().sink());
    }

    /** Connect and the sink store under the name of a connector what it has read and written. */
    private void connector(String type, Place place, String old, String now) {
        if (!old.equals(now)) {
            changes.add(
                    Level.REFUSED,
                    place,
                    ChangeList.changed("name of the " + type + " connector", old, now)
                            + ", which would read and write all rows again. Keep the name of the contract, or set connectors: {"
                            + type + ": " + old + "} in catalogConnect");
        }
    }

    private void legal(Product old, Product now) {
        Place place = now.places().value("legal");
        changes.compare(Level.MINOR, place, "", "licence", old.licence(), now.licence());
        changes.compare(Level.MINOR, place, "", "legal basis", old.legalBasis(), now.legalBasis());
        if (!old.personalData().equals(now.personalData())) {
            boolean lower = PERSONAL_DATA.indexOf(now.personalData()) < PERSONAL_DATA.indexOf(old.personalData());
            changes.add(
                    Level.MINOR,
                    lower ? Consent.EXPOSURE : Consent.NONE,
                    place,
                    "",
                    ChangeList.changed("personalData", old.personalData(), now.personalData()));
        }
    }

    private void topics(TopicSettings old, TopicSettings now) {
        Places places = now.places();
        Place partitions = places.value("partitions");
        if (now.partitions() > old.partitions()) {
            changes.add(
                    Level.MINOR,
                    partitions,
                    "partitions of the topics increased from " + old.partitions() + " to " + now.partitions()
                            + "; no file may be open during the change");
        } else if (now.partitions() < old.partitions()) {
            changes.add(
                    Level.MAJOR,
                    partitions,
                    "partitions of the topics decreased from " + old.partitions() + " to " + now.partitions());
        }
        if (old.replication() != now.replication()) {
            changes.add(Level.PATCH, places.value("replication"), "replication of the topics changed");
        }
        changes.compare(Level.MAJOR, places.value("events"), "", "topic of the events", old.events(), now.events());
        changes.compare(Level.MAJOR, places.value("rejects"), "", "topic of the rejects", old.rejects(), now.rejects());
        long longest = Long.MAX_VALUE;
        long was = old.retentionSpan().map(TimeSpan::millis).orElse(longest);
        long is = now.retentionSpan().map(TimeSpan::millis).orElse(longest);
        if (is != was) {
            changes.add(
                    is < was ? Level.MAJOR : Level.MINOR,
                    is < was ? Consent.DELETION : Consent.NONE,
                    places.value("retention"),
                    "",
                    ChangeList.changed("retention of the topics", old.retention(), now.retention()));
        }
    }

    private void settings(Place place, Map<String, String> old, Map<String, String> now) {
        changedKeys(old, now).forEach(key -> changes.add(Level.MINOR, place, "setting " + key + " changed"));
    }

    /** The keys whose values differ, in alphabetical order. */
    static TreeSet<String> changedKeys(Map<String, String> old, Map<String, String> now) {
        TreeSet<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> old.getOrDefault(key, "").equals(now.getOrDefault(key, "")));
        return keys;
    }
}
