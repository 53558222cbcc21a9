package io.catalogconnect.localbigquery.access;

import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of all callers: everything, or the permissions of a list. The list may change while the server runs. Thread-safe.
 *
 * <p>Each line of a list grants a permission, on the given resource and everything below it, or everywhere:
 *
 * <pre>
 * bigquery.jobs.create        projects/p
 * bigquery.tables.get         projects/p/datasets/d
 * bigquery.tables.updateData  projects/p/datasets/d/tables/t
 * bigquery.tables.create
 * </pre>
 *
 * Empty lines and lines that start with {@code #} are ignored.
 */
public final class Permissions {

    private static final Pattern GRANT = Pattern.compile(
            "(?<permission>[a-z]+\\.[a-zA-Z]+\\.[a-zA-Z]+)(\\s+(?<resource>projects/[^/\\s]+(/datasets/[^/\\s]+(/tables/[^/\\s]+)?)?))?");

    private record Grant(String permission, String resource) {
        boolean allows(String wanted, String onResource) {
            return permission.equals(wanted)
                    && (resource.isEmpty() || onResource.equals(resource) || onResource.startsWith(resource + "/"));
        }
    }

    /** Null: everything is permitted. */
    private volatile @Nullable List<Grant> grants;

    /** Permissions that permit everything. */
    public Permissions() {
        // nothing is restricted yet
    }

    /** From now on, permits everything. */
    public void permitAll() {
        grants = null;
    }

    /**
     * From now on, permits what the lines of a list grant, and nothing else.
     *
     * @throws IllegalArgumentException when a line is not a grant
     */
    public void permitOnly(List<String> lines) {
        List<Grant> parsed = new ArrayList<>();
        for (String line : lines) {
            String grant = line.strip();
            if (grant.isEmpty() || grant.startsWith("#")) {
                continue;
            }
            Matcher matcher = GRANT.matcher(grant);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "'" + grant + "' grants no permission. Each line must be a permission, and"
                                + " optionally a resource: bigquery.tables.get projects/p/datasets/d");
            }
            String resource = matcher.group("resource");
            parsed.add(new Grant(matcher.group("permission"), resource == null ? "" : resource));
        }
        grants = List.copyOf(parsed);
    }

    /** Whether a list restricts the callers. */
    public boolean areRestricted() {
        return grants != null;
    }

    /** Whether a permission is granted on a table. */
    public boolean allows(String permission, TableRef table) {
        return allows(permission, table.path());
    }

    /**
     * Requires a permission on a project.
     *
     * @throws AccessDeniedException when it is not granted
     */
    public void onProject(String permission, String project) {
        if (!allows(permission, "projects/" + project)) {
            throw new AccessDeniedException("Access Denied: Project " + project + ": User does not have " + permission
                    + " permission in project " + project + ".");
        }
    }

    /**
     * Requires a permission on a dataset.
     *
     * @throws AccessDeniedException when it is not granted
     */
    public void onDataset(String permission, DatasetRef dataset) {
        if (!allows(permission, "projects/" + dataset.project() + "/datasets/" + dataset.dataset())) {
            throw new AccessDeniedException("Access Denied: Dataset " + dataset + ": Permission " + permission
                    + " denied on dataset " + dataset + " (or it may not exist).");
        }
    }

    /**
     * Requires a permission on a table.
     *
     * @throws AccessDeniedException when it is not granted
     */
    public void onTable(String permission, TableRef table) {
        if (!allows(permission, table)) {
            throw new AccessDeniedException("Access Denied: Table " + table + ": Permission " + permission
                    + " denied on table " + table + " (or it may not exist).");
        }
    }

    /**
     * Requires the permission to read the rows of a table in a query.
     *
     * @throws AccessDeniedException when it is not granted; the message of BigQuery does not name the permission
     */
    public void onQueried(TableRef table) {
        if (!allows("bigquery.tables.getData", table)) {
            throw new AccessDeniedException("Access Denied: Table " + table
                    + ": User does not have permission to query table " + table + ", or perhaps it does not exist.");
        }
    }

    private boolean allows(String permission, String resource) {
        List<Grant> current = grants;
        return current == null || current.stream().anyMatch(grant -> grant.allows(permission, resource));
    }
}
