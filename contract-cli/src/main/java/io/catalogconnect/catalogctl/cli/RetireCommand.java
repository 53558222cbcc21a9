package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.apply.LeaseHeldException;
import io.catalogconnect.catalogctl.apply.RefusedException;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.retire.Retirement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes resources that a contract has left behind. */
@Command(
        name = "retire",
        description =
                "Lists the tables, topics, connectors, grants and ACLs that were applied and are not in the contract any"
                        + " more. Deletes those that --confirm names, with their rows and records. It can be run again after a"
                        + " failure at any point.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done: the resources are listed, or deleted",
            "1:failed before the first deletion",
            "3:refused: nothing was deleted",
            "4:a deletion failed, or is not recorded; run the command again",
            "64:the command line is wrong"
        })
final class RetireCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONTRACT", description = "A contract.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private PolicyOption policy = new PolicyOption();

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description =
                    "Name of a table, topic, connector, grant or ACL to delete. May be repeated. To delete only one of two"
                            + " resources with the same name, write its kind before the name: \"topic NAME\".")
    private Set<String> names = Set.of();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Override
    public Integer call()
            throws ContractException, ContextException, IOException, InterruptedException, RefusedException,
                    LeaseHeldException {
        PrintWriter out = spec.commandLine().getOut();
        try (PlannedContract contract = PlannedContract.open(file, target, policy)) {
            Retirement retirement = new Retirement(
                    contract.desired(), contract.services(), Clock.systemUTC(), operator.operator(), out::println);
            if (!names.isEmpty()) {
                Optional<String> failure = retirement.delete(names);
                failure.ifPresent(reason -> spec.commandLine().getErr().println(reason + " Run the command again."));
                return failure.isPresent() ? Catalogctl.PARTLY : 0;
            }
            List<ResourceKey> orphans = retirement.orphans();
            orphans.forEach(orphan -> out.println("  - " + orphan));
            out.println(
                    orphans.isEmpty()
                            ? "The contract has left nothing behind."
                            : "To delete a resource with its content, run the command again with --confirm NAME.");
            return 0;
        }
    }
}
