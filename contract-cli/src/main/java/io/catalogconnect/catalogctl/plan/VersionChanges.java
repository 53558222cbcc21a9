package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.compare.Consent;
import io.catalogconnect.contract.compare.ContractComparison;
import io.catalogconnect.contract.model.Contract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The differences between a contract and the version of it that was applied last.
 *
 * @param lines one line for each difference, with its place in the contract
 * @param refusal why the version number does not permit them; empty if it does
 * @param consents what a person must agree to
 */
public record VersionChanges(List<String> lines, Optional<String> refusal, Set<Consent> consents) {
    /** No differences. */
    public static final VersionChanges NONE = new VersionChanges(List.of(), Optional.empty(), Set.of());

    public VersionChanges {
        lines = List.copyOf(lines);
        consents = Set.copyOf(consents);
    }

    /** @param applied text of the contract that was applied last; empty for none */
    static VersionChanges of(String applied, Desired desired) {
        if (applied.isEmpty() || applied.equals(desired.text())) {
            return NONE;
        }
        Contract before = contract(applied);
        Contract after = contract(desired.text());
        if (before == null || after == null) {
            return NONE;
        }
        ContractComparison comparison = ContractComparison.of(before, after, desired.environment());
        return new VersionChanges(
                comparison.changes().stream()
                        .map(change -> change.level().word() + ": " + change.message() + " (line "
                                + change.place().line() + ")")
                        .toList(),
                comparison.refusal(),
                comparison.consents());
    }

    private static @Nullable Contract contract(String text) {
        return ContractFile.check("contract", text.getBytes(StandardCharsets.UTF_8))
                .contract();
    }

    /** The consents that are missing, as a sentence; empty if there are none. */
    Optional<String> missing(Set<Consent> accepted) {
        List<String> missing = consents.stream()
                .filter(consent -> !accepted.contains(consent))
                .map(Consent::word)
                .sorted()
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The changes need consent: " + String.join(", ", missing) + ". --accept "
                        + String.join(",", missing) + " gives it.");
    }
}
