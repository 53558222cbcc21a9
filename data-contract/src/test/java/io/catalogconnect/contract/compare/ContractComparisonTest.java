package io.catalogconnect.contract.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.TextEdits;
import io.catalogconnect.contract.model.Contract;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of changes in {@code changes.txt}: a change of a shipped contract, and its levels and places. */
final class ContractComparisonTest {

    @ParameterizedTest
    @MethodSource("edits")
    void eachChangeHasItsLevelAndPlace(TextEdits edits) throws IOException {
        String[] file = edits.file().split(" ", -1);
        String shipped = ShippedContracts.text(file[0]);
        Contract before = ShippedContracts.parse(shipped);
        Contract after = ShippedContracts.parse(edits.apply(shipped));
        ContractComparison comparison =
                file.length > 1 ? ContractComparison.of(after, before) : ContractComparison.of(before, after);
        assertThat(lines(comparison)).isEqualTo(edits.expected());
    }

    @Test
    void sameContractHasNoChanges() throws IOException {
        Contract contract = ShippedContracts.contract("product-catalog");
        ContractComparison comparison = ContractComparison.of(contract, contract);
        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.level()).isEmpty();
        assertThat(comparison.refusal()).isEmpty();
    }

    static Stream<TextEdits> edits() throws IOException {
        return TextEdits.of("/changes.txt");
    }

    private static List<String> lines(ContractComparison comparison) {
        return comparison.changes().stream()
                .map(change -> change.level().word()
                        + (change.consent() == Consent.NONE ? "" : " " + change.consent())
                        + " " + change.place().line() + ":" + change.place().column() + " " + change.message())
                .toList();
    }
}
