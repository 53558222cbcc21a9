package io.catalogconnect.localstack.replace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Checks each state of a table that a reader sees: it consists of complete versions, one per object (or one in all if the whole
 * table is replaced), never older than before, and no version that was there is missing. Thread-safe.
 */
final class WholeVersions {

    /** What a version looks like in the table, and what it takes the place of. */
    private record Expected(String scope, Catalogue catalogue, long rows, int number) {}

    private static final Comparator<Expected> AGE = Comparator.comparing(
                    (Expected version) -> version.catalogue().date())
            .thenComparingInt(Expected::number);

    private final Function<Catalogue, String> scope;
    private final ToLongFunction<Catalogue> rows;
    private final Map<String, Expected> expected = new HashMap<>();
    private final Map<String, Expected> newestSeen = new HashMap<>();

    private WholeVersions(Function<Catalogue, String> scope, ToLongFunction<Catalogue> rows) {
        this.scope = scope;
        this.rows = rows;
    }

    /** Each object's version replaces the previous one; the given number of its rows is in the table. */
    static WholeVersions ofObjects(ToLongFunction<Catalogue> rows) {
        return new WholeVersions(catalogue -> catalogue.date() + "/" + catalogue.name(), rows);
    }

    /** The newest object is all of the table. */
    static WholeVersions ofTheTable() {
        return new WholeVersions(catalogue -> "the table", Catalogue::rows);
    }

    /** Says which versions there will be; before they are delivered, in the order of their delivery. */
    synchronized void expect(Catalogue... catalogues) {
        for (Catalogue catalogue : catalogues) {
            expected.putIfAbsent(
                    catalogue.date() + "/" + catalogue.tag(),
                    new Expected(scope.apply(catalogue), catalogue, rows.applyAsLong(catalogue), expected.size()));
        }
    }

    /** What must not be in a look that came after those before; empty if all is well. */
    synchronized List<String> violations(Shown shown) {
        List<String> wrong = new ArrayList<>();
        Map<String, Expected> seen = new HashMap<>();
        shown.rows().forEach((name, count) -> {
            Expected version = expected.get(name);
            if (version == null || version.rows() != count) {
                wrong.add(name + " with " + count + " rows");
                return;
            }
            if (seen.put(version.scope(), version) != null) {
                wrong.add(name + " beside another of " + version.scope());
            }
            Expected before = newestSeen.get(version.scope());
            if (before != null && AGE.compare(version, before) < 0) {
                wrong.add(name + " after " + before.catalogue().tag());
            }
        });
        newestSeen.forEach((place, before) -> {
            if (!seen.containsKey(place) && nothingFollows(before)) {
                wrong.add(before.catalogue().tag() + " of " + place + " is gone");
            }
        });
        newestSeen.putAll(seen);
        return wrong;
    }

    /** Whether no version without rows may have taken this one's place. */
    private boolean nothingFollows(Expected before) {
        return expected.values().stream()
                .noneMatch(version -> version.scope().equals(before.scope())
                        && version.rows() == 0
                        && AGE.compare(version, before) > 0);
    }
}
