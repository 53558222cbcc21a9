package io.catalogconnect.catalogctl.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.apply.ApplyReport.Failure;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApplyReportTest {
    private static final Change TABLE = change(Action.CREATE, Kind.TABLE, "a");
    private static final Change CONNECTOR = change(Action.CREATE, Kind.CONNECTOR, "sink");

    @Test
    void resourcesAreCountedByWhatWasDone() {
        List<Change> done = List.of(
                TABLE,
                change(Action.CREATE, Kind.TABLE, "b"),
                change(Action.DRIFT, Kind.TOPIC, "t"),
                change(Action.CHANGE, Kind.CONNECTOR, "source"),
                CONNECTOR);
        assertThat(new ApplyReport(1, done, List.of(), List.of(), Optional.empty()).summary())
                .isEqualTo("2 tables, 1 connector created; 1 connector changed; 1 topic restored.");
    }

    @Test
    void failureSaysWhatToDo() {
        ApplyReport report = new ApplyReport(
                1, List.of(TABLE), List.of(new Failure(CONNECTOR, "no")), List.of(CONNECTOR), Optional.empty());
        assertThat(report.summary())
                .isEqualTo(
                        "1 table created; 1 failed; 1 left. Nothing has to be undone. Correct what failed, and run the"
                                + " command again.");
        assertThat(new ApplyReport(1, List.of(TABLE), List.of(), List.of(CONNECTOR), Optional.of("no")).summary())
                .isEqualTo("1 table created; 1 left. Nothing has to be undone. Run the command again.");
    }

    @Test
    void applyThatOnlyRecordsAVersionSaysSo() {
        assertThat(new ApplyReport(1, List.of(), List.of(), List.of(), Optional.empty()).summary())
                .isEqualTo("nothing had to be changed.");
    }

    private static Change change(Action action, Kind kind, String name) {
        return new Change(action, new ResourceKey(kind, name), "", List.of());
    }
}
