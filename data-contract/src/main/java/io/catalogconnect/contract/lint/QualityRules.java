package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.quality.QualityQuery;

/** Quality checks: each can be run as a query. */
record QualityRules(Contract contract, Findings findings) {
    void check() {
        for (QualityQuery query : QualityQuery.of(contract)) {
            if (!query.problem().isEmpty()) {
                findings.error(query.check().places().own(), "quality", query.problem());
            }
        }
    }
}
