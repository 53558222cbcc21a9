package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.Workers;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.resource.Desired;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Says which replay fills a new table from earlier files, which one applies a changed rule to them, and how to end a replay that
 * has not ended. The log tells what earlier applies have created, also if they were killed.
 */
public final class ReplayAdvice {
    private ReplayAdvice() {}

    /**
     * The advice for a plan and for earlier applies; nothing if no replay is needed.
     *
     * @param log the log of the contract
     * @param arguments file of the contract and name of the context, as the command takes them
     */
    public static List<String> of(Plan plan, List<LogEntry> log, String arguments, Bucket bucket, Workers workers)
            throws InterruptedException {
        List<String> advice = new ArrayList<>();
        plan.replay()
                .ifPresent(open -> advice.add(
                        "To end replay " + open.number() + ", run: catalogctl replay " + arguments + " --resume"));
        EarlierFiles reasons = plan.fromVersion().isEmpty() ? EarlierFiles.NONE : EarlierFiles.of(plan, log);
        String replay = reasons.isEmpty() ? "" : replay(plan, arguments, bucket, workers);
        if (!replay.isEmpty()) {
            boolean isApplied = plan.changes().isEmpty() && plan.isRecorded();
            advice.add(reasons + " To change that, run" + (isApplied ? ": " : " after apply: ") + replay);
        }
        return advice;
    }

    /** The tables of a contract that were created after files may have been read, and that no replay has filled. */
    public static Set<String> unfilled(Desired desired, List<LogEntry> log) {
        return EarlierFiles.of(log).wanted(desired);
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
