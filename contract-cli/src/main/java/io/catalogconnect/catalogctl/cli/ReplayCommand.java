package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.replay.Redelivery;
import io.catalogconnect.catalogctl.replay.Replay;
import io.catalogconnect.catalogctl.replay.ReplayPlan;
import io.catalogconnect.catalogctl.replay.Selection;
import io.catalogconnect.catalogctl.status.Status;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
    private long timeout;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "The person or job that replays, for the log. Default: the user's name.")
    private String who = "";

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
        try (PlannedContract contract = PlannedContract.open(file, target)) {
            Instant start = clock.instant();
            Replay replay = new Replay(contract.desired(), contract.services(), clock, who, step -> {
                long seconds = Duration.between(start, clock.instant()).toSeconds();
                err.println(String.format("[%3d s] %s", seconds, step));
            });
            if (task.resume) {
                replay.resume();
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
        List<DeliveredObject> listed = contract.bucket(clock).objects();
        ReplayPlan plan = ReplayPlan.of(
                selection,
                listed,
                contract.services()
                        .workers()
                        .progress(contract.desired().source().name()));
        Set<String> unknown = selection.unknown(listed);
        if (!unknown.isEmpty() && unknown.size() < task.files.size()) {
            throw new RefusedException("The source lists no file with the name " + String.join(", ", unknown) + ".");
        }
        if (plan.objects().isEmpty()) {
            throw new RefusedException(
                    plan.unread().isEmpty()
                            ? "The source lists no file " + selection + "."
                            : "The source has not read the files " + selection
                                    + " yet. It reads them without a replay.");
        }
        out.println(plan.size() + " on " + plan.dates() + (plan.dates() == 1 ? " date:" : " dates:"));
        plan.objects().forEach(object -> out.println("  " + object.uri().replaceAll("\\p{Cntrl}", "?")));
        out.flush();
        if (dryRun) {
            return false;
        }
        Redelivery effect = Redelivery.of(contract.desired().sink().config());
        checkDeployed(contract, effect);
        Optional<String> refusal = effect.refusal(contract.desired(), plan).filter(reason -> accepted != effect);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        replay.run(plan, plan.size() + " " + selection);
        return true;
    }

    /** The sink that runs decides whether rows are doubled, not a contract that was not applied. */
    private static void checkDeployed(PlannedContract contract, Redelivery effect)
            throws RefusedException, InterruptedException {
        String sink = contract.desired().sink().name();
        for (DeployedConnector connector : contract.services().workers().connectors()) {
            if (connector.name().equals(sink) && Redelivery.of(connector.config()) != effect) {
                throw new RefusedException("Connector " + sink
                        + " runs with another delivery than the contract has. Run catalogctl apply first.");
            }
        }
    }

    private int awaitRows(PlannedContract contract) throws InterruptedException {
        Status status =
                new StatusWait(contract.status(clock), spec.commandLine().getErr()).upTo(Duration.ofSeconds(timeout));
        return status.isShown() ? 0 : Catalogctl.FAILED;
    }
}
