package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Product;
import java.util.regex.Pattern;

/** Labels as BigQuery accepts them. */
record LabelRules(Contract contract, Findings findings) {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
    private static final int MOST = 60;

    void check() {
        Product product = contract.product();
        if (product.labels().size() > MOST) {
            findings.error(
                    product.places().value("labels"),
                    "label",
                    "The product has " + product.labels().size() + " labels. At most " + MOST + " are possible.");
        }
        product.labels().forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                findings.error(
                        product.places().value("labels"),
                        "label",
                        "The label key '" + key + "' is not valid. Write at most 63 of a-z, 0-9, _ and -, and a"
                                + " letter first.");
            }
            if (!VALUE.matcher(value.replace("${environment}", "")).matches()) {
                findings.error(
                        product.places().value("labels"),
                        "label",
                        "The value of the label " + key + " is not valid. Write at most 63 of a-z, 0-9, _ and -.");
            }
        });
    }
}
