package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.model.Product;
import io.catalogconnect.contract.model.S3Server;
import java.util.Map;

/** Secrets that are written out. The values themselves are never part of a message. */
record SecretRules(Contract contract, Findings findings) {
    void check() {
        for (S3Server server : contract.landings()) {
            check(server.places().value("secretAccessKey"), "secretAccessKey", server.secretAccessKey());
            check(server.places(), server.settings());
        }
        for (BigQueryServer server : contract.warehouses()) {
            check(server.places(), server.settings());
        }
        Product product = contract.product();
        check(product.places().value("pseudonymSecret"), "pseudonymSecret", product.pseudonymSecret());
        check(product.settings().places(), product.settings().source());
        check(product.settings().places(), product.settings().sink());
    }

    private void check(Places places, Map<String, String> settings) {
        settings.forEach((key, value) -> check(places.value("settings"), key, value));
    }

    private void check(Place place, String key, String value) {
        if (SecretKeys.isWrittenOut(key, value)) {
            findings.error(
                    place,
                    "secret",
                    key + " is written out. Write ${env:NAME} or ${file:PATH:KEY}, which the worker replaces.");
        }
    }
}
