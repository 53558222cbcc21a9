package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.Binding;
import com.google.api.services.bigquery.model.GetIamPolicyRequest;
import com.google.api.services.bigquery.model.GetPolicyOptions;
import com.google.api.services.bigquery.model.Policy;
import com.google.api.services.bigquery.model.SetIamPolicyRequest;
import com.google.api.services.bigquery.model.TestIamPermissionsRequest;
import com.google.api.services.bigquery.model.TestIamPermissionsResponse;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TablePolicies;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IAM policies of tables and views: get, set, test. Policies are stored, but not enforced: callers have no identity, so
 * {@link Permissions} apply to all of them.
 */
final class PolicyRoutes {

    private static final Set<Integer> VERSIONS = Set.of(0, 1, 3);
    private static final Set<String> UPDATABLE = Set.of("bindings", "etag", "version");
    private static final Pattern ROLE =
            Pattern.compile("roles/[A-Za-z0-9_.]+|(projects|organizations)/[^/]+/roles/[A-Za-z0-9_.]+");
    private static final Pattern MEMBER = Pattern.compile("allUsers|allAuthenticatedUsers"
            + "|(deleted:)?(user|group|serviceAccount|domain):\\S+"
            + "|project(Owner|Editor|Viewer):\\S+|principal(Set)?://\\S+");

    private final Warehouse warehouse;
    private final Permissions permissions;

    PolicyRoutes(Warehouse warehouse, Permissions permissions) {
        this.warehouse = warehouse;
        this.permissions = permissions;
    }

    void addTo(Router router) {
        router.add("POST", "projects/{project}/datasets/{dataset}/tables/{table}", this::call);
    }

    private Response call(Request request, Arguments arguments) throws SQLException {
        String id = arguments.get("table");
        int colon = id.lastIndexOf(':');
        TableRef table = TableRef.of(arguments.dataset(), id.substring(0, Math.max(0, colon)));
        return switch (id.substring(colon + 1)) {
            case "getIamPolicy" -> get(request, table);
            case "setIamPolicy" -> set(request, table);
            case "testIamPermissions" -> test(request, table);
            default ->
                throw ServiceError.notFound(
                        "Not found: POST on table " + id + " is not an operation of local-bigquery");
        };
    }

    private Response get(Request request, TableRef ref) throws SQLException {
        permissions.onTable("bigquery.tables.getIamPolicy", ref);
        GetPolicyOptions options = request.json(GetIamPolicyRequest.class).getOptions();
        checkVersion(options == null ? null : options.getRequestedPolicyVersion());
        return Response.ok(warehouse.read(
                session -> TablePolicies.find(session, session.catalog().requireTable(ref))));
    }

    private Response set(Request request, TableRef ref) throws SQLException {
        permissions.onTable("bigquery.tables.setIamPolicy", ref);
        SetIamPolicyRequest change = request.json(SetIamPolicyRequest.class);
        Policy policy = change.getPolicy();
        if (policy == null) {
            throw ServiceError.invalid("Required parameter is missing: policy");
        }
        checkMask(change.getUpdateMask());
        checkVersion(policy.getVersion());
        if (policy.getAuditConfigs() != null) {
            throw refused(ref, "auditConfigs are not supported by local-bigquery");
        }
        List<Binding> bindings = bindings(ref, policy);
        return Response.ok(warehouse.inTransaction(session -> {
            session.rewritesOnly(Set.of());
            StoredTable table = session.catalog().requireTable(ref);
            Policy before = TablePolicies.find(session, table);
            if (policy.getEtag() != null && !policy.getEtag().equals(before.getEtag())) {
                throw new ServiceError(
                        412,
                        "conditionNotMet",
                        "IAM setPolicy failed for Table " + ref + ": There were concurrent policy changes. Please retry"
                                + " the whole read-modify-write with exponential backoff.");
            }
            return TablePolicies.put(
                    session, table, new Policy().setVersion(1).setBindings(bindings.isEmpty() ? null : bindings));
        }));
    }

    private static void checkMask(@Nullable String mask) {
        for (String path : mask == null ? new String[0] : mask.split(",")) {
            if (!UPDATABLE.contains(path.strip())) {
                throw ServiceError.invalid("Invalid value for updateMask: " + path.strip() + " is not supported");
            }
        }
    }

    private static void checkVersion(@Nullable Integer version) {
        if (version != null && !VERSIONS.contains(version)) {
            throw ServiceError.invalid("Invalid IAM policy version: " + version + ". Valid versions are 0, 1 and 3.");
        }
    }

    /** The bindings of a policy, one for each role, with each member once. */
    private static List<Binding> bindings(TableRef ref, Policy policy) {
        Map<String, Set<String>> members = new TreeMap<>();
        for (Binding binding : policy.getBindings() == null ? List.<Binding>of() : policy.getBindings()) {
            String role = String.valueOf(binding.getRole());
            if (binding.getCondition() != null) {
                throw refused(ref, "Can't set conditional policy on policy type: bigquery_tables");
            }
            if (!ROLE.matcher(role).matches()) {
                throw refused(ref, "Role (" + role + ") does not exist in the resource's hierarchy.");
            }
            for (String member : binding.getMembers() == null ? List.<String>of() : binding.getMembers()) {
                if (!MEMBER.matcher(member).matches()) {
                    throw refused(ref, "Invalid member: " + member);
                }
                members.computeIfAbsent(role, unused -> new TreeSet<>()).add(member);
            }
        }
        List<Binding> bindings = new ArrayList<>();
        members.forEach(
                (role, names) -> bindings.add(new Binding().setRole(role).setMembers(List.copyOf(names))));
        return bindings;
    }

    private static ServiceError refused(TableRef ref, String reason) {
        return ServiceError.invalid("IAM setPolicy failed for Table " + ref + ": " + reason);
    }

    /** The permissions of a request that the callers have; none on a table that does not exist. */
    private Response test(Request request, TableRef table) {
        List<String> asked = request.json(TestIamPermissionsRequest.class).getPermissions();
        if (asked == null || asked.isEmpty()) {
            throw ServiceError.invalid("Required parameter is missing: permissions");
        }
        List<String> granted = warehouse.catalog().table(table).isEmpty()
                ? List.of()
                : asked.stream()
                        .filter(permission -> permissions.allows(permission, table))
                        .toList();
        return Response.ok(new TestIamPermissionsResponse().setPermissions(granted.isEmpty() ? null : granted));
    }
}
