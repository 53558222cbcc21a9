package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.DataObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes of the columns of one object. */
record ColumnChanges(DataObject before, DataObject after, ChangeList changes) {
    private static final List<String> CLASSES = List.of("", "public", "internal", "confidential", "restricted");
    private static final Set<String> WIDENINGS =
            Set.of("INT64 NUMERIC", "INT64 BIGNUMERIC", "INT64 FLOAT64", "NUMERIC BIGNUMERIC", "NUMERIC FLOAT64");

    void add() {
        for (Column old : before.columns()) {
            if (after.column(old.name()).isEmpty()) {
                add(Level.MAJOR, after.places().value("properties"), "column " + old.name() + " removed");
            }
        }
        order();
        List<Column> columns = after.columns();
        for (int i = 0; i < columns.size(); i++) {
            Column now = columns.get(i);
            Optional<Column> old = before.column(now.name());
            if (old.isPresent()) {
                compare(old.get(), now);
            } else {
                added(now, columns.subList(i, columns.size()));
            }
        }
    }

    private void added(Column now, List<Column> rest) {
        Place place = now.places().own();
        boolean last =
                rest.stream().allMatch(column -> before.column(column.name()).isEmpty());
        if (now.required()) {
            add(Level.MAJOR, place, "required column " + now.name() + " added; earlier rows have no value");
        } else if (last) {
            add(Level.MINOR, place, "column " + now.name() + " added at the end");
        } else {
            add(Level.MAJOR, place, "column " + now.name() + " added before others; BigQuery adds columns at the end");
        }
    }

    private void order() {
        List<String> old =
                new ArrayList<>(before.columns().stream().map(Column::name).toList());
        List<Column> common = after.columns().stream()
                .filter(column -> old.contains(column.name()))
                .toList();
        old.removeIf(name -> after.column(name).isEmpty());
        for (int i = 0; i < common.size() && i < old.size(); i++) {
            if (!common.get(i).name().equals(old.get(i))) {
                add(
                        Level.MAJOR,
                        common.get(i).places().own(),
                        "column " + common.get(i).name() + " moved before " + old.get(i));
                return;
            }
        }
    }

    private void compare(Column old, Column now) {
        String column = "column " + now.name();
        if (old.required() != now.required()) {
            add(
                    now.required() ? Level.MINOR : Level.MAJOR,
                    now.places().value("required"),
                    column + (now.required() ? " is now required" : " can now be null"));
        }
        type(old, now, column);
        text(Level.MAJOR, now, "parse", column + ": parse", old.parse(), now.parse());
        text(Level.MAJOR, now, "from", column + ": from", old.from(), now.from());
        protection(old, now, column);
        if (!old.description().equals(now.description())) {
            add(Level.PATCH, now.places().value("description"), column + ": description changed");
        }
        if (!old.examples().equals(now.examples())) {
            add(Level.PATCH, now.places().value("examples"), column + ": examples changed");
        }
        new QualityChanges(
                        after.name(), old.quality(), now.quality(), now.places().value("quality"), changes)
                .add();
    }

    private void type(Column old, Column now, String column) {
        if (!old.physicalType().equals(now.physicalType())) {
            boolean wider = WIDENINGS.contains(base(old.physicalType()) + " " + base(now.physicalType()));
            add(
                    Level.MAJOR,
                    now.places().value("physicalType"),
                    column + ": type " + (wider ? "widened" : "changed") + " from " + old.physicalType() + " to "
                            + now.physicalType());
        }
    }

    private static String base(String type) {
        return type.replaceFirst("\\(.*", "");
    }

    private void protection(Column old, Column now, String column) {
        int rise = CLASSES.indexOf(now.classification()) - CLASSES.indexOf(old.classification());
        if (rise != 0) {
            Level level = old.classification().isEmpty() && rise == 1 ? Level.PATCH : Level.MINOR;
            add(
                    level,
                    rise < 0 ? Consent.EXPOSURE : Consent.NONE,
                    now.places().value("classification"),
                    ChangeList.changed(column + ": classification", old.classification(), now.classification()));
        }
        boolean tagSame = old.policyTag().equals(now.policyTag())
                && Set.copyOf(old.environments()).equals(Set.copyOf(now.environments()));
        if (!tagSame) {
            boolean added =
                    old.policyTag().isEmpty() || (old.policyTag().equals(now.policyTag()) && widerTag(old, now));
            add(
                    Level.MINOR,
                    added ? Consent.NONE : Consent.EXPOSURE,
                    now.places().value("policyTag"),
                    column + ": policy tag "
                            + (added
                                    ? "added; readers need access to the tag"
                                    : now.policyTag().isEmpty() ? "removed" : "changed"));
        }
        if (old.pseudonymize() != now.pseudonymize()) {
            add(
                    Level.MAJOR,
                    old.pseudonymize() ? Consent.EXPOSURE : Consent.NONE,
                    now.places().value("pseudonymize"),
                    column + (now.pseudonymize() ? " is now pseudonymized" : " is no longer pseudonymized"));
        }
    }

    /** True if the tag applies in more environments than before. */
    private static boolean widerTag(Column old, Column now) {
        return now.environments().isEmpty()
                || (!old.environments().isEmpty() && now.environments().containsAll(old.environments()));
    }

    private void text(Level level, Column now, String key, String what, String old, String value) {
        changes.compare(level, now.places().value(key), after.name(), what, old, value);
    }

    private void add(Level level, Place place, String text) {
        add(level, Consent.NONE, place, text);
    }

    private void add(Level level, Consent consent, Place place, String text) {
        changes.add(level, consent, place, after.name(), text);
    }
}
