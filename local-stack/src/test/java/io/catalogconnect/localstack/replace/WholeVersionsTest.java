package io.catalogconnect.localstack.replace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** That the reader of the tests notices what must never be seen. */
final class WholeVersionsTest {

    private static final String DAY = "2026-01-01";

    private final Catalogue first = Catalogue.of(DAY, "a", 1, 3);
    private final Catalogue second = Catalogue.of(DAY, "a", 2, 2);
    private final Catalogue other = Catalogue.of(DAY, "b", 1, 5);
    private final WholeVersions objects = WholeVersions.ofObjects(Catalogue::rows);

    @Test
    void wholeVersionsInOrderAreAccepted() {
        objects.expect(first, other, second);
        assertThat(objects.violations(look())).isEmpty();
        assertThat(objects.violations(look("a#1", 3L))).isEmpty();
        assertThat(objects.violations(look("a#1", 3L, "b#1", 5L))).isEmpty();
        assertThat(objects.violations(look("a#2", 2L, "b#1", 5L))).isEmpty();
    }

    @Test
    void partOfAVersionIsDetected() {
        objects.expect(first);
        assertThat(objects.violations(look("a#1", 2L))).containsExactly(DAY + "/a#1 with 2 rows");
        assertThat(objects.violations(look("a#7", 3L))).containsExactly(DAY + "/a#7 with 3 rows");
    }

    @Test
    void twoVersionsOfOneObjectAreDetected() {
        objects.expect(first, second);
        assertThat(objects.violations(look("a#1", 3L, "a#2", 2L)))
                .containsExactly(DAY + "/a#2 beside another of " + DAY + "/a");
    }

    @Test
    void stepBackIsDetected() {
        objects.expect(first, second);
        objects.violations(look("a#2", 2L));
        assertThat(objects.violations(look("a#1", 3L))).containsExactly(DAY + "/a#1 after a#2");
    }

    @Test
    void missingObjectIsDetectedUnlessItsRowsWereToBeDeleted() {
        objects.expect(first);
        objects.violations(look("a#1", 3L));
        assertThat(objects.violations(look())).containsExactly("a#1 of " + DAY + "/a is gone");
        objects.expect(Catalogue.of(DAY, "a", 3, 0));
        assertThat(objects.violations(look())).isEmpty();
    }

    @Test
    void wholeTableHoldsOneObject() {
        WholeVersions table = WholeVersions.ofTheTable();
        table.expect(first, other);
        assertThat(table.violations(look("a#1", 3L))).isEmpty();
        assertThat(table.violations(look("a#1", 3L, "b#1", 5L)))
                .containsExactly(DAY + "/b#1 beside another of the table");
        assertThat(table.violations(look())).containsExactly("b#1 of the table is gone");
        assertThat(table.violations(look("a#1", 3L))).containsExactly(DAY + "/a#1 after b#1");
    }

    private static Shown look() {
        return new Shown(Map.of());
    }

    private static Shown look(String tag, long rows) {
        return new Shown(Map.of(DAY + "/" + tag, rows));
    }

    private static Shown look(String tag, long rows, String otherTag, long otherRows) {
        return new Shown(new TreeMap<>(Map.of(DAY + "/" + tag, rows, DAY + "/" + otherTag, otherRows)));
    }
}
