package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Grant;
import io.catalogconnect.settings.NearestName;
import java.util.List;

/** Responsibility, legal duties and access. */
record OwnershipRules(Contract contract, Findings findings) {

    void check() {
        if (contract.team().members().stream().noneMatch(member -> member.role().equals("owner"))) {
            findings.error(
                    contract.places().value("team"), "owner-missing", "The team has no member with the role owner.");
        }
        String personalData = contract.product().personalData();
        if (personalData.isEmpty()) {
            findings.error(
                    contract.product().places().value("legal"),
                    "personal-data",
                    "The key legal.personalData is missing. Write none, indirect or direct.");
        } else if (List.of("indirect", "direct").contains(personalData)
                && !contract.identity().definitions().contains("privacyStatement")) {
            findings.error(
                    contract.product().places().value("legal"),
                    "privacy-statement",
                    "The product contains personal data, and no authoritativeDefinitions entry has the type"
                            + " privacyStatement.");
        }
        contract.grants().forEach(this::check);
    }

    private void check(Grant grant) {
        if (grant.objects().isEmpty()) {
            findings.error(
                    grant.places().own(),
                    "role-objects",
                    "The role " + grant.role() + " has no objects. Name the objects that it can read.");
        }
        List<String> names = contract.objects().stream().map(DataObject::name).toList();
        for (String object : grant.objects()) {
            if (!names.contains(object)) {
                findings.error(
                        grant.places().value("objects"),
                        "role-objects",
                        "There is no object '" + object + "'." + Suggestion.of(NearestName.of(object, names)));
            }
        }
        for (String environment : grant.environments()) {
            if (!contract.environmentNames().contains(environment)) {
                findings.error(
                        grant.places().value("environments"),
                        "environment",
                        "No server has the environment '" + environment + "'."
                                + Suggestion.of(NearestName.of(environment, contract.environmentNames())));
            }
        }
    }
}
