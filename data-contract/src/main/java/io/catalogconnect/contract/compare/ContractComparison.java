package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The differences between two versions of a contract.
 *
 * @param place place of the version in the new file
 * @param changes the most severe first
 */
public record ContractComparison(String oldVersion, String newVersion, Place place, List<ContractChange> changes) {
    public ContractComparison {
        changes = List.copyOf(changes);
    }

    /** Compares all environments. */
    public static ContractComparison of(Contract before, Contract after) {
        Set<String> names = before.environmentNames();
        names.addAll(after.environmentNames());
        return compare(before, after, names);
    }

    /** Compares the parts that apply in one environment. */
    public static ContractComparison of(Contract before, Contract after, String environment) {
        return compare(before, after, Set.of(environment));
    }

    private static ContractComparison compare(Contract before, Contract after, Set<String> environments) {
        ChangeList changes = new ChangeList();
        new IdentityChanges(before, after, changes).add();
        new ProductChanges(before, after, changes).add();
        environments.forEach(name -> new ServerChanges(before, after, name, changes).add());
        new ObjectChanges(before, after, changes).add();
        new ServiceLevelChanges(before, after, changes).add();
        new GrantChanges(before, after, environments, changes).add();
        return new ContractComparison(
                before.identity().version(),
                after.identity().version(),
                after.places().value("version"),
                changes.sorted());
    }

    /** The highest level of the changes; empty if there are none. */
    public Optional<Level> level() {
        return changes.stream().map(ContractChange::level).max(Level::compareTo);
    }

    /** What a person must agree to before the changes are applied. */
    public Set<Consent> consents() {
        return changes.stream()
                .map(ContractChange::consent)
                .filter(consent -> consent != Consent.NONE)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why the changes must not be applied with the new version number, as complete sentences; empty if they may be. */
    public Optional<String> refusal() {
        Optional<Version> before = Version.parse(oldVersion);
        Optional<Version> after = Version.parse(newVersion);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.of(
                    "The versions '" + oldVersion + "' and '" + newVersion + "' must have the form MAJOR.MINOR.PATCH.");
        }
        if (after.get().compareTo(before.get()) < 0) {
            return Optional.of("The version goes down from " + oldVersion + " to " + newVersion + ".");
        }
        return level().flatMap(level -> refusal(level, before.get(), after.get()));
    }

    private Optional<String> refusal(Level level, Version before, Version after) {
        String which = changes.get(0).message();
        if (level == Level.REFUSED) {
            return Optional.of("This change is refused: " + which + ".");
        }
        Version needed = level.after(before);
        return after.compareTo(needed) >= 0
                ? Optional.empty()
                : Optional.of("The version is " + newVersion + ". A " + level.word() + " change (" + which
                        + ") needs version " + needed + " or later.");
    }
}
