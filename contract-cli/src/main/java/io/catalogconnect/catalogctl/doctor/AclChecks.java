package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.Acls;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.catalogctl.resource.Desired;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ACLs of the consumers and the workers that are missing. */
record AclChecks(Desired desired, Acls acls) implements Checks {
    @Override
    public void run(List<Diagnosis> found) throws InterruptedException {
        if (desired.acls().isEmpty()) {
            return;
        }
        Optional<Set<Acl>> existing = acls.find();
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
