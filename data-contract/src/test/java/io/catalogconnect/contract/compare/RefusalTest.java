package io.catalogconnect.contract.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.finding.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The version number that a change needs. */
final class RefusalTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "1.2.0|1.2.0|-|-",
                "1.2.0|1.2.1|PATCH|-",
                "1.2.0|1.3.0|PATCH|-",
                "1.2.0|1.2.0|PATCH|The version is 1.2.0. A patch change (c) needs version 1.2.1 or later.",
                "1.2.9|1.3.0|MINOR|-",
                "1.2.9|1.2.10|MINOR|The version is 1.2.10. A minor change (c) needs version 1.3.0 or later.",
                "1.9.0|2.0.0|MAJOR|-",
                "1.9.0|1.10.0|MAJOR|The version is 1.10.0. A major change (c) needs version 2.0.0 or later.",
                "1.9.0|9.0.0|REFUSED|This change is refused: c.",
                "1.10.0|1.9.0|-|The version goes down from 1.10.0 to 1.9.0.",
                "1.0|1.1.0|MINOR|The versions '1.0' and '1.1.0' must have the form MAJOR.MINOR.PATCH.",
                "1.0.0|1.01.0|MINOR|The versions '1.0.0' and '1.01.0' must have the form MAJOR.MINOR.PATCH."
            })
    void versionMustRiseByTheLevelOfTheChange(String before, String after, String level, String refusal) {
        List<ContractChange> changes = Stream.ofNullable(level)
                .map(Level::valueOf)
                .map(word -> new ContractChange(word, Consent.NONE, Place.START, List.of(), "c"))
                .toList();
        assertThat(new ContractComparison(before, after, Place.START, changes)
                        .refusal()
                        .orElse(null))
                .isEqualTo(refusal);
    }
}
