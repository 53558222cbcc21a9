package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.apply.ApplyReport;
import io.catalogconnect.catalogctl.apply.ApplyReport.Failure;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApplyCommandTest {
    private static final Change CHANGE =
            new Change(Action.CREATE, new ResourceKey(Kind.TABLE, "orders"), "", List.of());

    /** A change that failed may have been made in part, and a change that is made must be recorded. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, false, 0",
        "1, 0, 0, false, 0",
        "1, 1, 1, false, 4",
        "0, 1, 0, false, 4",
        "1, 0, 0, true,  4",
        "1, 0, 1, true,  4",
        "0, 0, 1, true,  1",
        "0, 0, 0, true,  1"
    })
    void exitCodeTellsWhetherAChangeWasTried(int done, int failed, int left, boolean isInterrupted, int code) {
        ApplyReport report = new ApplyReport(
                1,
                List.of(CHANGE).subList(0, done),
                List.of(new Failure(CHANGE, "no answer")).subList(0, failed),
                List.of(CHANGE).subList(0, left),
                isInterrupted ? Optional.of("The result is not recorded.") : Optional.empty());
        assertThat(ApplyCommand.exitCode(report)).isEqualTo(code);
    }
}
