package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistrationTest {

    @Test
    void laneWithoutAnOwnerIsInEpochZeroAndHasNoOffset() {
        assertThat(new Registration(0, "", "", -1, Set.of())).isEqualTo(Registration.NONE);
    }

    @ParameterizedTest
    @CsvSource({"-1, -1", "0, -2"})
    void negativeEpochOrOffsetIsRefused(long epoch, long baseOffset) {
        assertThatThrownBy(() -> new Registration(epoch, "blue", "s", baseOffset, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epoch " + epoch + " with base offset " + baseOffset);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            blue  | s0 | false | ''
            green | s0 | true  | green
            green | '' | false | ''
            """)
    void successorFencesTheOtherConnectorThatOwnsTheLane(
            String owner, String stream, boolean belongsToOther, String fenced) {
        Registration current = new Registration(4, owner, stream, 9, Set.of());
        Set<String> nowFenced = fenced.isEmpty() ? Set.of() : Set.of(fenced);

        assertThat(current.belongsToOther("blue")).isEqualTo(belongsToOther);
        assertThat(current.succeededBy("blue", "s1", 19)).isEqualTo(new Registration(5, "blue", "s1", 19, nowFenced));
    }
}
