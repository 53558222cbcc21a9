package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TableGrant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Roles of the consumers on tables that are missing, and the permission to run jobs. */
record GrantChecks(Desired desired, Tables tables) implements Checks {
    @Override
    public void run(List<Diagnosis> found) {
        jobs(found);
        grants(found);
    }

    private void jobs(List<Diagnosis> found) {
        Optional<String> refusal = tables.jobRefusal();
        found.add(
                refusal.isEmpty()
                        ? Diagnosis.ok("This account has the permission bigquery.jobs.create.")
                        : Diagnosis.failure(
                                "This account lacks bigquery.jobs.create: " + refusal.get(),
                                "If it is the account of the sink, grant it the second role of catalogctl render --what"
                                        + " bigquery-role on the project."));
    }

    private void grants(List<Diagnosis> found) {
        if (desired.grants().isEmpty()) {
            return;
        }
        Set<TableGrant> existing = new HashSet<>();
        desired.grants().stream()
                .map(TableGrant::table)
                .distinct()
                .forEach(table -> existing.addAll(tables.grants(table)));
        List<TableGrant> missing = desired.grants().stream()
                .filter(grant -> !existing.contains(grant))
                .toList();
        missing.forEach(grant -> found.add(Diagnosis.failure(
                grant.member() + " does not have " + grant.role() + " on " + grant.table() + ".",
                "Run catalogctl apply.")));
        if (missing.isEmpty()) {
            found.add(Diagnosis.ok("All " + desired.grants().size() + " grants on tables exist."));
        }
    }
}
