package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Grant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes of the access to objects, for each member, object and environment. */
record GrantChanges(Contract before, Contract after, Set<String> environments, ChangeList changes) {

    private record Access(String object, String text) {}

    void add() {
        Map<Access, Place> old = access(before);
        Map<Access, Place> now = access(after);
        old.forEach((access, place) -> {
            if (!now.containsKey(access)) {
                changes.add(
                        Level.MINOR, after.places().value("roles"), access.object(), access.text() + " loses access");
            }
        });
        now.forEach((access, place) -> {
            if (!old.containsKey(access)) {
                changes.add(Level.MINOR, place, access.object(), access.text() + " gets access");
            }
        });
    }

    private Map<Access, Place> access(Contract contract) {
        Map<Access, Place> access = new LinkedHashMap<>();
        for (Grant grant : contract.grants()) {
            List<String> holders = new ArrayList<>();
            grant.members().forEach(member -> holders.add(member + " with " + grant.role()));
            String group = grant.group().isEmpty() ? "" : ", group " + grant.group();
            grant.principals().forEach(principal -> holders.add(principal + " (Kafka" + group + ")"));
            for (String environment : environments) {
                if (grant.appliesIn(environment)) {
                    grant.objects()
                            .forEach(object -> holders.forEach(holder -> access.put(
                                    new Access(object, holder + " in " + environment),
                                    grant.places().own())));
                }
            }
        }
        return access;
    }
}
