package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TableGrant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Access of the consumers and the workers that is missing, and the permission to run jobs. */
record AccessChecks(Desired desired, Services services) implements Checks {
    @Override
    public void run(List<Diagnosis> found) throws InterruptedException {
        jobs(found);
        grants(found);
        acls(found);
    }

    private void jobs(List<Diagnosis> found) {
        Optional<String> refusal = services.tables().jobRefusal();
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
                .forEach(table -> existing.addAll(services.tables().grants(table)));
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

    private void acls(List<Diagnosis> found) throws InterruptedException {
        if (desired.acls().isEmpty()) {
            return;
        }
        Optional<Set<Acl>> existing = services.acls().find();
        if (existing.isEmpty()) {
            found.add(Diagnosis.warning(
                    "Kafka has no authorizer: it permits everything.",
                    "Set an authorizer on the brokers, and run catalogctl apply."));
            return;
        }
        List<Acl> missing = desired.acls().stream()
                .filter(acl -> !existing.get().contains(acl))
                .toList();
        missing.forEach(
                acl -> found.add(Diagnosis.failure("The ACL " + acl + " is missing.", "Run catalogctl apply.")));
        if (missing.isEmpty()) {
            found.add(Diagnosis.ok("All " + desired.acls().size() + " ACLs exist."));
        }
    }
}
