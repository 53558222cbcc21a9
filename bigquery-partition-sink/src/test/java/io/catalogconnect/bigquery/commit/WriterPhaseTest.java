package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WriterPhaseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UNOWNED     | TAKING_OVER STOPPED
            TAKING_OVER | UNOWNED WRITING STOPPED
            WRITING     | DRAINING REPORTING STOPPED
            DRAINING    | UNOWNED WRITING RESENDING REPORTING STOPPED
            RESENDING   | WRITING UNOWNED STOPPED
            REPORTING   | WRITING STOPPED
            STOPPED     | ''
            """)
    void eachPhaseAllowsTheListedPhasesAndRefusesAllOthers(WriterPhase phase, String allowed) {
        Set<WriterPhase> next = allowed.isEmpty()
                ? EnumSet.noneOf(WriterPhase.class)
                : Stream.of(allowed.split(" ")).map(WriterPhase::valueOf).collect(Collectors.toSet());
        assertThat(phase.next()).isEqualTo(next);

        for (WriterPhase following : WriterPhase.values()) {
            if (next.contains(following)) {
                assertThat(phase.to(following)).isEqualTo(following);
            } else {
                assertThatThrownBy(() -> phase.to(following))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("A writer cannot go from " + phase + " to " + following + ".");
            }
        }
    }
}
