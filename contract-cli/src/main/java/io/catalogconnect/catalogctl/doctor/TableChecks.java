package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables that are missing, permissions on them, and policy tags that a history lacks. */
record TableChecks(Desired desired, Tables tables) implements Checks {
    @Override
    public void run(List<Diagnosis> found) {
        for (TableSpec wanted : desired.tables()) {
            Optional<TableSpec> table = tables.find(wanted.name());
            if (table.isEmpty()) {
                found.add(
                        Diagnosis.failure("The table " + wanted.name() + " does not exist.", "Run catalogctl apply."));
                continue;
            }
            permissions(wanted.name(), found);
            Optional<TableSpec> history = desired.history(wanted.name()).flatMap(tables::find);
            if (history.isPresent()) {
                permissions(history.get().name(), found);
                tags(table.get(), history.get(), found);
            }
        }
    }

    private void permissions(String table, List<Diagnosis> found) {
        List<String> needed = new ArrayList<>(
                List.of("bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.updateData"));
        if (!desired.sink().config().getOrDefault("schema.evolution", "none").equals("none")) {
            needed.add("bigquery.tables.update");
        }
        List<String> granted = tables.granted(table, needed);
        List<String> missing = needed.stream()
                .filter(permission -> !granted.contains(permission))
                .toList();
        found.add(
                missing.isEmpty()
                        ? Diagnosis.ok("This account has the permissions of the sink on " + table + ".")
                        : Diagnosis.failure(
                                "This account lacks " + String.join(", ", missing) + " on " + table + ".",
                                "If it is the account of the sink, grant the role of"
                                        + " catalogctl render --what bigquery-role."));
    }

    /** The history contains the same values, so a column without a tag there shows what the table hides. */
    private static void tags(TableSpec table, TableSpec history, List<Diagnosis> found) {
        for (TableColumn column : table.columns()) {
            boolean isOpen = !column.policyTag().isEmpty()
                    && history.columns().stream()
                            .anyMatch(other -> other.name().equals(column.name())
                                    && !other.policyTag().equals(column.policyTag()));
            if (isOpen) {
                found.add(Diagnosis.warning(
                        "The column " + column.name() + " has a policy tag in " + table.name()
                                + ", but not the same one in " + history.name() + ".",
                        "Set column.policy.tags of the sink, or set the tag in the history."));
            }
        }
    }
}
