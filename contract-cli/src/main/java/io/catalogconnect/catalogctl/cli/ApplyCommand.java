package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.apply.ApplyReport;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.Operator;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.PlanText;
import io.catalogconnect.catalogctl.plan.ReviewedPlan;
import io.catalogconnect.contract.compare.Consent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes an environment to a contract. */
@Command(
        name = "apply",
        description =
                "Creates and changes the tables, topics, access and connectors of a contract. Deletes nothing. It can be run"
                        + " again after a failure at any point.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing differs",
            "1:failed before the first change",
            "3:refused: nothing was changed; also if a saved plan is not the present one",
            "4:changes were made, and one failed or the result is not recorded; run the command again",
            "64:the command line is wrong"
        })
final class ApplyCommand implements Callable<Integer> {
    private final Clock clock = Clock.systemUTC();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A contract, or a plan that plan --out has written.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private PolicyOption policy = new PolicyOption();

    @Option(names = "--yes", description = "Apply without a question. A saved plan is always applied without one.")
    private boolean yes;

    @Option(
            names = "--adopt",
            description = "Make resources that exist and belong to no contract part of this contract.")
    private boolean adopt;

    @Mixin
    private OperatorOptions operatorOptions = new OperatorOptions();

    @Option(
            names = "--accept",
            split = ",",
            paramLabel = "CONSENT",
            converter = ConsentWord.class,
            description = "What you agree to: deletion of rows or records, exposure of a column.")
    private Set<Consent> accepted = Set.of();

    @Override
    public Integer call()
            throws ContractException, ContextException, IOException, InterruptedException, RefusedException,
                    LeaseHeldException {
        Operator operator = operatorOptions.operator();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<SavedPlan> saved = SavedPlan.read(file);
        boolean adopts = saved.map(SavedPlan::adopt).orElse(adopt);
        try (PlannedContract contract =
                PlannedContract.open(saved.map(SavedPlan::contract).orElse(file), target, policy)) {
            saved.ifPresent(this::checkOptions);
            Plan plan = contract.plan(adopts);
            Function<Plan, Optional<String>> review = review(saved, contract, plan);
            Optional<String> refusal = refusal(saved, contract, plan).or(() -> review.apply(plan));
            if (refusal.isPresent()) {
                PlanText.of(plan, contract.where()).forEach(err::println);
                contract.replayAdvice(plan).forEach(err::println);
                throw new RefusedException(refusal.get());
            }
            if (plan.changes().isEmpty() && plan.isRecorded() && !operator.breaksLease()) {
                out.println("No changes. " + PlanText.title(plan) + " is what is running.");
                contract.replayAdvice(plan).forEach(out::println);
                return 0;
            }
            List<String> errors = contract.validate();
            if (!errors.isEmpty()) {
                errors.forEach(err::println);
                return Catalogctl.FAILED;
            }
            if (!yes && saved.isEmpty() && !isConfirmed(plan, contract.where())) {
                return Catalogctl.FAILED;
            }
            Instant start = clock.instant();
            ContractApply apply = new ContractApply(contract.services(), clock, operator.who(), step -> {
                long seconds = Duration.between(start, clock.instant()).toSeconds();
                err.println(String.format("[%3d s] %s", seconds, step));
            });
            ApplyReport report = apply.apply(
                    contract.desired(),
                    new ContractApply.Options(adopts, operator.breaksLease(), accepted, review, PlanJson::of));
            report.interruption().ifPresent(err::println);
            out.println("Applied " + PlanText.title(plan) + ": " + report.summary());
            advise(contract, plan);
            return exitCode(report);
        }
    }

    /** The result of the apply decides the exit code, also if a service ends to answer. */
    private void advise(PlannedContract contract, Plan plan) throws InterruptedException {
        try {
            contract.replayAdvice(plan).forEach(spec.commandLine().getOut()::println);
        } catch (LiveException e) {
            spec.commandLine()
                    .getErr()
                    .println("Whether earlier files must be read again is not known: " + e.getMessage()
                            + " catalogctl plan says it.");
        }
    }

    private void checkOptions(SavedPlan saved) {
        if (adopt) {
            throw new ParameterException(
                    spec.commandLine(), "Use --adopt with plan: a saved plan says what it takes over.");
        }
    }

    private Optional<String> refusal(Optional<SavedPlan> saved, PlannedContract contract, Plan plan) {
        return saved.filter(one -> !one.context().equals(contract.context()))
                .map(one -> file + " was made for the context '" + one.context() + "', not for '" + contract.context()
                        + "'.")
                .or(() -> plan.refusal(accepted));
    }

    /** A plan that was saved or confirmed is applied as it is, or what is left of it after a failure. */
    private Function<Plan, Optional<String>> review(Optional<SavedPlan> saved, PlannedContract contract, Plan shown) {
        if (saved.isPresent()) {
            ReviewedPlan reviewed = saved.get().reviewed();
            String command =
                    "Make a new plan: catalogctl plan " + contract.arguments() + " --out " + TargetOptions.quoted(file);
            return plan -> SavedPlan.refusal(reviewed, file.toString(), plan, command);
        }
        ReviewedPlan confirmed = ReviewedPlan.of(shown);
        return plan -> yes
                ? Optional.empty()
                : SavedPlan.refusal(confirmed, "The confirmed plan", plan, "Run the command again.");
    }

    private boolean isConfirmed(Plan plan, String where) throws IOException {
        if (!Boolean.getBoolean("catalogctl.terminal")) {
            throw new ParameterException(
                    spec.commandLine(), "There is no terminal to ask for confirmation. Use --yes.");
        }
        PrintWriter err = spec.commandLine().getErr();
        PlanText.of(plan, where).forEach(err::println);
        err.print("Type yes to apply: ");
        err.flush();
        return "yes".equals(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
    }

    /** A change that failed may have been made in part. */
    static int exitCode(ApplyReport report) {
        if (report.isComplete()) {
            return 0;
        }
        return report.hasTried() ? Catalogctl.PARTLY : Catalogctl.FAILED;
    }
}
