package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.KafkaServer;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.model.S3Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Changes of the servers of one environment. */
record ServerChanges(Contract before, Contract after, String environment, ChangeList changes) {

    void add() {
        Optional<Environment> old = before.environment(environment);
        Optional<Environment> now = after.environment(environment);
        Place servers = after.places().value("servers");
        if (old.isPresent() && now.isPresent()) {
            delivery(old.get(), now.get());
            landing(old.get().landing(), now.get().landing());
            stream(old.get().stream(), now.get().stream());
            warehouse(old.get().warehouse(), now.get().warehouse());
        } else if (now.isPresent()) {
            changes.add(Level.MINOR, servers, "environment " + environment + " added");
        } else if (old.isPresent()) {
            changes.add(Level.MAJOR, servers, "environment " + environment + " removed");
        }
    }

    private void delivery(Environment old, Environment now) {
        Places server = now.warehouse().places();
        Place place = server.values().containsKey("delivery")
                ? server.value("delivery")
                : after.product().places().value("delivery");
        if (old.delivery().equals(now.delivery())) {
            return;
        }
        String text = ChangeList.changed("delivery", old.delivery(), now.delivery());
        Set<String> tables =
                after.objects().stream().map(DataObject::physicalName).collect(Collectors.toSet());
        before.objects().stream()
                .map(DataObject::physicalName)
                .filter(tables::contains)
                .findFirst()
                .filter(table -> now.replaces())
                .ifPresentOrElse(
                        table -> changes.add(
                                Level.REFUSED,
                                place,
                                text + ". The next file of a date would remove the rows that " + table
                                        + " has for this date. Set new values of physicalName too"),
                        () -> changes.add(Level.MAJOR, place, text));
    }

    private void landing(S3Server old, S3Server now) {
        Places places = now.places();
        value(Level.MINOR, places, "location", "location of the files", old.location(), now.location());
        value(Level.MINOR, places, "fileDate", "pattern of the file date", old.fileDate(), now.fileDate());
        if (!old.delimiter().equals(now.delimiter())) {
            changes.add(Level.MINOR, places.value("delimiter"), "delimiter of the files changed" + here());
        }
        if (!old.csv().equals(now.csv())) {
            changes.add(Level.MINOR, places.value("csv"), "format of the files changed" + here());
        }
        settings(places, old.settings(), now.settings());
        operation(
                places,
                List.of(
                        old.endpointUrl(),
                        old.region(),
                        old.pathStyle(),
                        old.credentials(),
                        old.accessKeyId(),
                        old.secretAccessKey(),
                        old.pollInterval(),
                        old.tasks()),
                List.of(
                        now.endpointUrl(),
                        now.region(),
                        now.pathStyle(),
                        now.credentials(),
                        now.accessKeyId(),
                        now.secretAccessKey(),
                        now.pollInterval(),
                        now.tasks()));
    }

    private void stream(KafkaServer old, KafkaServer now) {
        Places places = now.places();
        value(Level.MAJOR, places, "format", "format of the records", old.format(), now.format());
        value(Level.MINOR, places, "host", "address of Kafka", old.host(), now.host());
        operation(
                places,
                List.of(old.schemaRegistry(), old.connectPrincipal(), old.connectGroup(), old.replication()),
                List.of(now.schemaRegistry(), now.connectPrincipal(), now.connectGroup(), now.replication()));
    }

    private void warehouse(BigQueryServer old, BigQueryServer now) {
        Places places = now.places();
        value(Level.MAJOR, places, "project", "project of the tables", old.project(), now.project());
        value(Level.MAJOR, places, "dataset", "dataset of the tables", old.dataset(), now.dataset());
        value(Level.MAJOR, places, "location", "location of the dataset", old.location(), now.location());
        settings(places, old.settings(), now.settings());
        operation(
                places,
                List.of(
                        old.credentials(),
                        old.writer(),
                        old.restEndpoint(),
                        old.storageEndpoint(),
                        old.storagePlaintext(),
                        old.tasks()),
                List.of(
                        now.credentials(),
                        now.writer(),
                        now.restEndpoint(),
                        now.storageEndpoint(),
                        now.storagePlaintext(),
                        now.tasks()));
    }

    private void value(Level level, Places places, String key, String what, String old, String now) {
        changes.compare(level, places.value(key), "", what + here(), old, now);
    }

    private void settings(Places places, Map<String, String> old, Map<String, String> now) {
        ProductChanges.changedKeys(old, now)
                .forEach(key ->
                        changes.add(Level.MINOR, places.value("settings"), "setting " + key + here() + " changed"));
    }

    private void operation(Places places, List<Object> old, List<Object> now) {
        if (!old.equals(now)) {
            changes.add(Level.PATCH, places.own(), "operation settings" + here() + " changed");
        }
    }

    private String here() {
        return " in " + environment;
    }
}
