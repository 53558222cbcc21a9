package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.PlanMarkdown;
import io.catalogconnect.catalogctl.plan.PlanText;
import io.catalogconnect.contract.compare.Consent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the difference between a contract and an environment. */
@Command(
        name = "plan",
        description =
                "Prints what apply would change in an environment. Changes nothing. Exits with 2 if there are changes.")
final class PlanCommand implements Callable<Integer> {
    /** A form of the plan. */
    enum Format {
        text,
        json,
        markdown
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONTRACT", description = "A contract.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private PolicyOption policy = new PolicyOption();

    @Option(names = "--adopt", description = "Plan with resources that exist and belong to no contract.")
    private boolean adopt;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Form of the plan: text, json or markdown. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the plan to a file too, for apply FILE. Nothing is written if the plan is refused.")
    private @Nullable Path saved;

    @Override
    public Integer call() throws ContractException, ContextException, IOException, InterruptedException {
        if (saved != null) {
            SavedPlan.check(saved);
        }
        try (PlannedContract contract = PlannedContract.open(file, target, policy)) {
            Plan plan = contract.plan(adopt);
            print(plan, contract.where());
            if (format != Format.json) {
                contract.replayAdvice(plan).forEach(spec.commandLine().getOut()::println);
            }
            Set<Consent> all = Set.of(Consent.values());
            // A draft may be planned, but a plan of it cannot be applied, so it is not saved.
            Optional<String> refusal = saved == null ? plan.conflict(all) : plan.refusal(all);
            if (refusal.isPresent()) {
                spec.commandLine().getErr().println(refusal.get());
                return Catalogctl.REFUSED;
            }
            List<String> errors = contract.validate();
            if (!errors.isEmpty()) {
                errors.forEach(spec.commandLine().getErr()::println);
                return Catalogctl.FAILED;
            }
            if (saved != null) {
                SavedPlan.write(saved, plan, contract.context(), file, adopt);
            }
            return plan.changes().isEmpty() ? 0 : Catalogctl.DIFFERENCES;
        }
    }

    private void print(Plan plan, String where) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> PlanText.of(plan, where).forEach(out::println);
            case json -> out.print(PlanJson.of(plan));
            case markdown -> PlanMarkdown.of(plan, where).forEach(out::println);
        }
        out.flush();
    }
}
