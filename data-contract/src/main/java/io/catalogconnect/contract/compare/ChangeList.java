package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects changes. The same change of several objects at one place is one change. Not thread-safe. */
final class ChangeList {
    private static final Comparator<ContractChange> ORDER = Comparator.comparing(ContractChange::level)
            .reversed()
            .thenComparing(ContractChange::place)
            .thenComparing(ContractChange::text);

    private final Map<ContractChange, List<String>> objects = new LinkedHashMap<>();

    /** Adds a change of the product. */
    void add(Level level, Place place, String text) {
        add(level, Consent.NONE, place, "", text);
    }

    /** Adds a change of an object. */
    void add(Level level, Place place, String object, String text) {
        add(level, Consent.NONE, place, object, text);
    }

    /** Adds a change of an object, or of the product if the object is empty. */
    void add(Level level, Consent consent, Place place, String object, String text) {
        List<String> names = objects.computeIfAbsent(
                new ContractChange(level, consent, place, List.of(), text), change -> new ArrayList<>());
        if (!object.isEmpty()) {
            names.add(object);
        }
    }

    /** Adds a change if two texts differ. */
    void compare(Level level, Place place, String object, String what, String before, String after) {
        if (!before.equals(after)) {
            add(level, place, object, changed(what, before, after));
        }
    }

    /** The text of a change of a short value. */
    static String changed(String what, String before, String after) {
        if (before.isEmpty()) {
            return what + " " + after + " added";
        }
        return after.isEmpty() ? what + " " + before + " removed" : what + " changed from " + before + " to " + after;
    }

    /** All changes, the most severe first. */
    List<ContractChange> sorted() {
        return objects.entrySet().stream()
                .map(entry -> {
                    ContractChange change = entry.getKey();
                    return new ContractChange(
                            change.level(), change.consent(), change.place(), entry.getValue(), change.text());
                })
                .sorted(ORDER)
                .toList();
    }
}
