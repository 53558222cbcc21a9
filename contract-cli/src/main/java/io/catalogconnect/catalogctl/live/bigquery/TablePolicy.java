package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.Binding;
import com.google.cloud.Policy;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.TableId;
import io.catalogconnect.contract.render.TableGrant;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The IAM policy of a table. A policy can only be replaced as a whole. To change one role of one member, it is read, changed and
 * written with its entity tag; if somebody else has changed it in between, all of this is repeated. Thread-safe.
 */
record TablePolicy(Dataset dataset, String table) {
    private static final int ABSENT = 404;
    private static final Set<Integer> CONFLICT = Set.of(409, 412);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The roles of all members; none if the table does not exist. */
    Set<TableGrant> read() {
        return dataset.call(() -> {
            try {
                return policy().getBindingsList().stream()
                        .flatMap(binding -> binding.getMembers().stream()
                                .map(member -> new TableGrant(table, binding.getRole(), member)))
                        .collect(Collectors.toUnmodifiableSet());
            } catch (BigQueryException e) {
                if (e.getCode() == ABSENT) {
                    return Set.of();
                }
                throw e;
            }
        });
    }

    void add(String role, String member) {
        change(bindings -> {
            for (int i = 0; i < bindings.size(); i++) {
                Binding binding = bindings.get(i);
                if (isOf(binding, role)) {
                    if (binding.getMembers().contains(member)) {
                        return false;
                    }
                    bindings.set(i, binding.toBuilder().addMembers(member).build());
                    return true;
                }
            }
            bindings.add(Binding.newBuilder()
                    .setRole(role)
                    .setMembers(List.of(member))
                    .build());
            return true;
        });
    }

    void remove(String role, String member) {
        change(bindings -> {
            Optional<Binding> found = bindings.stream()
                    .filter(binding ->
                            isOf(binding, role) && binding.getMembers().contains(member))
                    .findFirst();
            if (found.isEmpty()) {
                return false;
            }
            bindings.remove(found.get());
            Binding others = found.get().toBuilder().removeMembers(member).build();
            if (!others.getMembers().isEmpty()) {
                bindings.add(others);
            }
            return true;
        });
    }

    private static boolean isOf(Binding binding, String role) {
        return binding.getRole().equals(role) && binding.getCondition() == null;
    }

    private void change(Edit edit) {
        dataset.call(() -> {
            Wait wait = Wait.upTo(PATIENCE);
            while (!isChanged(edit, wait)) {
                wait.pause();
            }
            return true;
        });
    }

    /** False if somebody else has changed the policy, so that the change has to be repeated. */
    private boolean isChanged(Edit edit, Wait wait) {
        try {
            Policy policy = policy();
            List<Binding> bindings = new ArrayList<>(policy.getBindingsList());
            if (edit.apply(bindings)) {
                dataset.client()
                        .setIamPolicy(
                                id(), policy.toBuilder().setBindings(bindings).build());
            }
            return true;
        } catch (BigQueryException e) {
            if (!CONFLICT.contains(e.getCode()) || wait.isOver()) {
                throw e;
            }
            return false;
        }
    }

    private Policy policy() {
        return dataset.client().getIamPolicy(id());
    }

    private TableId id() {
        return dataset.table(table);
    }

    /** A change of bindings. */
    private interface Edit {
        /** Returns false if nothing has to be changed. */
        boolean apply(List<Binding> bindings);
    }
}
