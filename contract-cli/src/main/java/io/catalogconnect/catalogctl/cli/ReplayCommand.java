package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.replay.Redelivery;
import io.catalogconnect.catalogctl.replay.Replay;
import io.catalogconnect.catalogctl.replay.ReplayPlan;
import io.catalogconnect.catalogctl.replay.Selection;
import io.catalogconnect.catalogctl.status.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the source of a contract read files again. */
@Command(
        name = "replay",
        description =
                "Has the source read files again from their first row, with the current rules. It stops the source"
                        + " for some seconds. It can be killed at any point: --resume ends a replay that was begun.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the source reads the files again; with --wait, their rows are in the tables",
            "1:failed: a service does not answer, or the time of --wait is over",
            "3:refused: nothing was changed",
            "64:the command line is wrong"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Clock clock = Clock.systemUTC();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONTRACT", description = "A contract.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private PolicyOption policy = new PolicyOption();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Task task = new Task();

    @Option(names = "--dry-run", description = "Print the files, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--accept",
            paramLabel = "EFFECT",
            description =
                    "The effect on the tables that you agree to: duplicates (with delivery: append), or older-values"
                            + " (with write.mode=upsert).")
    private Redelivery accepted = Redelivery.NONE;

    @Option(names = "--wait", description = "Wait until the rows of all files are in the tables.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Longest time of --wait. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    /** The alternatives. */
    static final class Task {
        @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The files of a date.")
        private @Nullable LocalDate date;

        @Option(names = "--since", paramLabel = "YYYY-MM-DD", description = "The files of a date and all later ones.")
        private @Nullable LocalDate since;

        @Option(names = "--file", paramLabel = "KEY", description = "A file: its key, or s3://BUCKET/KEY.")
        private Set<String> files = Set.of();

        @Option(names = "--resume", description = "End the replay that was begun.")
        private boolean resume;

        @Option(names = "--abandon", description = "Give the replay up that was begun: start the source.")
        private boolean abandon;
    }

    @Override
    public Integer call()
            throws ContractException, ContextException, IOException, InterruptedException, RefusedException,
                    LeaseHeldException {
        PrintWriter err = spec.commandLine().getErr();
        try (PlannedContract contract = PlannedContract.open(file, target, policy)) {
            Instant start = clock.instant();
            Replay replay = new Replay(contract.desired(), contract.services(), clock, operator.operator(), step -> {
                long seconds = Duration.between(start, clock.instant()).toSeconds();
                err.println(String.format("[%3d s] %s", seconds, step));
            });
            if (task.resume) {
                replay.resume(contract.bucket(clock));
            } else if (task.abandon) {
                replay.abandon();
            } else if (!begin(contract, replay)) {
                return 0;
            }
            return wait ? awaitRows(contract) : 0;
        }
    }

    /** Runs a new replay. Returns false for a dry run. */
    private boolean begin(PlannedContract contract, Replay replay)
            throws RefusedException, LeaseHeldException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Selection selection = new Selection(task.date, task.since, task.files);
        ReplayPlan plan = ReplayPlan.select(
                selection,
                contract.bucket(clock).objects(),
                contract.services()
                        .workers()
                        .progress(contract.desired().source().name()));
        out.println(plan.size() + " on " + plan.dates() + (plan.dates() == 1 ? " date:" : " dates:"));
        plan.objects().forEach(object -> out.println("  " + object.uri().replaceAll("\\p{Cntrl}", "?")));
        out.flush();
        if (dryRun) {
            return false;
        }
        replay.run(plan, plan.size() + " " + selection, accepted);
        return true;
    }

    private int awaitRows(PlannedContract contract) throws InterruptedException {
        Status status =
                new StatusWait(contract.status(clock), spec.commandLine().getErr()).upTo(timeout);
        return status.isShown() ? 0 : Catalogctl.FAILED;
    }
}
