package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Version;
import java.util.List;
import java.util.regex.Pattern;

/** Name, version and status, which resources are named after and compared by. */
record IdentityRules(Contract contract, Findings findings) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,49}");
    private static final List<String> STATUSES = List.of("proposed", "draft", "active", "deprecated", "retired");

    void check() {
        String name = contract.identity().name();
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            findings.error(
                    contract.places().value("name"),
                    "name",
                    "The name '" + name + "' is not valid. Write at most 50 of a-z, 0-9 and -, and a letter first.");
        }
        String version = contract.identity().version();
        if (!version.isEmpty() && Version.parse(version).isEmpty()) {
            findings.error(
                    contract.places().value("version"),
                    "version",
                    "The version '" + version + "' is not valid. Write MAJOR.MINOR.PATCH, such as 1.0.0.");
        }
        String status = contract.identity().status();
        if (!status.isEmpty() && !STATUSES.contains(status)) {
            findings.error(
                    contract.places().value("status"),
                    "status",
                    "The status '" + status + "' is not valid. Write one of: " + String.join(", ", STATUSES) + ".");
        }
    }
}
