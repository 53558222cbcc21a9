package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Workers;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which replay fills a new table from earlier files, and which one applies a changed rule to them. */
public final class ReplayAdvice {
    private static final String RULE_CHANGED = ": rule changed";

    private ReplayAdvice() {}

    /**
     * The advice for a plan; nothing if it needs no replay.
     *
     * @param arguments file of the contract and name of the context, as the command takes them
     */
    public static List<String> of(Plan plan, String arguments, Bucket bucket, Workers workers)
            throws InterruptedException {
        List<String> reasons = new ArrayList<>();
        String tables = plan.changes(Action.CREATE).stream()
                .map(Change::resource)
                .filter(resource -> resource.kind() == Kind.TABLE)
                .map(resource -> resource.name())
                .collect(Collectors.joining(", "));
        if (!tables.isEmpty()) {
            reasons.add("Rows of earlier files are not in " + tables + ".");
        }
        if (plan.versions().lines().stream().anyMatch(line -> line.contains(RULE_CHANGED))) {
            reasons.add("Rows of earlier files stay as the earlier rules have selected them.");
        }
        if (plan.fromVersion().isEmpty() || reasons.isEmpty()) {
            return List.of();
        }
        String replay = replay(plan, arguments, bucket, workers);
        if (replay.isEmpty()) {
            return List.of();
        }
        reasons.add("To change that, run after apply: " + replay);
        return List.of(String.join(" ", reasons));
    }

    private static String replay(Plan plan, String arguments, Bucket bucket, Workers workers)
            throws InterruptedException {
        String command = "catalogctl replay " + arguments + " --since ";
        try {
            ReplayPlan all = ReplayPlan.of(
                    new Selection(null, LocalDate.MIN, Set.of()),
                    bucket.objects(),
                    workers.progress(plan.desired().source().name()));
            return all.objects().stream()
                    .map(DeliveredObject::date)
                    .sorted()
                    .findFirst()
                    .map(first -> command + first + " (" + all.size() + ")")
                    .orElse("");
        } catch (LiveException e) {
            return command + "YYYY-MM-DD";
        }
    }
}
