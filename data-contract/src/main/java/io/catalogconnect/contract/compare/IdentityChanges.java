package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Identity;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.model.Team;
import java.util.List;
import java.util.stream.Collectors;

/** Changes of what a contract says about itself, and of its team. */
record IdentityChanges(Contract before, Contract after, ChangeList changes) {

    void add() {
        Identity old = before.identity();
        Identity now = after.identity();
        Places places = after.places();
        changes.compare(Level.REFUSED, places.value("id"), "", "id", old.id(), now.id());
        changes.compare(Level.MAJOR, places.value("name"), "", "name", old.name(), now.name());
        changes.compare(status(now.status()), places.value("status"), "", "status", old.status(), now.status());
        changes.compare(Level.PATCH, places.value("domain"), "", "domain", old.domain(), now.domain());
        List<String> texts = List.of(old.purpose(), old.usage(), old.limitations());
        if (!texts.equals(List.of(now.purpose(), now.usage(), now.limitations()))) {
            changes.add(Level.PATCH, places.value("description"), "description changed");
        }
        documentation("tags", old.tags(), now.tags());
        if (!old.definitions().equals(now.definitions())) {
            changes.add(Level.PATCH, places.value("description"), "authoritativeDefinitions changed");
        }
        documentation("team", team(before.team()), team(after.team()));
        documentation("support", before.team().channels(), after.team().channels());
    }

    private static Level status(String status) {
        return switch (status) {
            case "retired" -> Level.MAJOR;
            case "deprecated" -> Level.MINOR;
            default -> Level.PATCH;
        };
    }

    private void documentation(String key, Object old, Object now) {
        if (!old.equals(now)) {
            changes.add(Level.PATCH, after.places().value(key), key + " changed");
        }
    }

    private static String team(Team team) {
        return team.members().stream()
                .map(member -> member.username() + " " + member.name() + " " + member.role())
                .collect(Collectors.joining("\n", team.name() + "\n" + team.description() + "\n", ""));
    }
}
