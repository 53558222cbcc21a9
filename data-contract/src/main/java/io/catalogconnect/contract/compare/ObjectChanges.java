package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.render.Columns;
import io.catalogconnect.contract.rule.RuleCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Changes of the objects: their names, rules and tables. */
record ObjectChanges(Contract before, Contract after, ChangeList changes) {

    void add() {
        for (DataObject old : before.objects()) {
            if (find(after, DataObject::name, old.name()).isEmpty()) {
                changes.add(Level.MAJOR, after.places().value("schema"), old.name(), "object removed");
            }
        }
        for (DataObject now : after.objects()) {
            topic(now);
            Optional<DataObject> old = find(before, DataObject::name, now.name());
            if (old.isPresent()) {
                compare(old.get(), now);
            } else {
                changes.add(
                        Level.MINOR,
                        now.places().own(),
                        now.name(),
                        "object added; its table contains rows of files that are read from now on");
            }
        }
    }

    private static Optional<DataObject> find(Contract contract, Function<DataObject, String> key, String value) {
        return contract.objects().stream()
                .filter(object -> key.apply(object).equals(value))
                .findFirst();
    }

    /** The offsets and the versions of files that the sink has stored for a table are those of its topic. */
    private void topic(DataObject now) {
        find(before, DataObject::physicalName, now.physicalName())
                .filter(old -> !old.topic().equals(now.topic()))
                .ifPresent(old -> changes.add(
                        Level.REFUSED,
                        now.places().value("topic"),
                        now.name(),
                        ChangeList.changed("topic of the table " + now.physicalName(), old.topic(), now.topic())
                                + ". Rows that are still in the old topic would be lost, and rows of files that are read"
                                + " again would be doubled. Set a new physicalName too"));
    }

    private void compare(DataObject old, DataObject now) {
        Places places = now.places();
        String name = now.name();
        if (!old.physicalName().equals(now.physicalName())) {
            changes.compare(Level.MAJOR, places.value("topic"), name, "topic", old.topic(), now.topic());
        }
        changes.compare(
                Level.MAJOR, places.value("physicalName"), name, "table", old.physicalName(), now.physicalName());
        changes.compare(Level.MAJOR, places.value("from"), name, "from", old.from(), now.from());
        changes.compare(Level.PATCH, places.value("consumer"), name, "consumer", old.consumer(), now.consumer());
        documentation(old, now);
        rule(old, now);
        table(old, now);
        new ColumnChanges(old, now, changes).add();
        new QualityChanges(name, old.quality(), now.quality(), places.value("quality"), changes).add();
    }

    private void documentation(DataObject old, DataObject now) {
        if (!old.description().equals(now.description()) || !old.businessName().equals(now.businessName())) {
            changes.add(Level.PATCH, now.places().value("description"), now.name(), "description changed");
        }
        if (!old.tags().equals(now.tags())) {
            changes.add(Level.PATCH, now.places().value("tags"), now.name(), "tags changed");
        }
    }

    private void rule(DataObject old, DataObject now) {
        if (old.rule().equals(now.rule())) {
            return;
        }
        Place place = now.places().value("rule");
        if (RuleCheck.areSame(
                old.rule(), now.rule(), Columns.fields(after.objects().get(0)))) {
            changes.add(Level.PATCH, place, now.name(), "text of the rule changed; it selects the same rows");
        } else {
            String consumer = now.consumer().isEmpty() ? "" : "; " + now.consumer() + " must approve";
            changes.add(
                    Level.MINOR,
                    place,
                    now.name(),
                    "rule changed" + consumer + "; rows of files that were read before stay as they are");
        }
    }

    private void table(DataObject old, DataObject now) {
        Places places = now.places();
        changes.compare(
                Level.MINOR,
                places.value("clustering"),
                now.name(),
                "clustering",
                String.join(", ", old.clustering()),
                String.join(", ", now.clustering()));
        changes.compare(
                Level.MAJOR,
                places.value("partitionType"),
                now.name(),
                "partitionType",
                old.partitionType(),
                now.partitionType());
        String partitionedBy = old.partitionColumn().map(Column::name).orElse("");
        Optional<Column> partition = now.partitionColumn();
        changes.compare(
                Level.MAJOR,
                partition.map(column -> column.places().value("partitioned")).orElse(places.own()),
                now.name(),
                "partition column",
                partitionedBy,
                partition.map(Column::name).orElse(""));
        if (old.requirePartitionFilter() != now.requirePartitionFilter()) {
            List<String> texts = List.of("partition filter no longer required", "partition filter required in queries");
            changes.add(
                    now.requirePartitionFilter() ? Level.MAJOR : Level.MINOR,
                    places.value("requirePartitionFilter"),
                    now.name(),
                    texts.get(now.requirePartitionFilter() ? 1 : 0));
        }
    }
}
