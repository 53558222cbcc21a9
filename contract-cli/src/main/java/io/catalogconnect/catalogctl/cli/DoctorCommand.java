package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.doctor.Diagnosis;
import io.catalogconnect.catalogctl.doctor.Diagnosis.Level;
import io.catalogconnect.catalogctl.doctor.Examination;
import io.catalogconnect.contract.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the environment of a contract. */
@Command(
        name = "doctor",
        description =
                "Checks what a contract needs in an environment: settings of the workers, placeholders, topics, tables,"
                        + " permissions of the account that runs it, and policy tags. Changes nothing. Exits with 1 if a"
                        + " check fails.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONTRACT", description = "A contract.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Override
    public Integer call() throws ContractException, ContextException, IOException, InterruptedException {
        try (PlannedContract contract = PlannedContract.open(file, target)) {
            List<Diagnosis> found = new Examination(contract.desired(), contract.services()).run();
            PrintWriter out = spec.commandLine().getOut();
            for (Diagnosis diagnosis : found) {
                out.println(String.format("%-4s  %s", diagnosis.level().word(), diagnosis.message()));
                if (!diagnosis.advice().isEmpty()) {
                    out.println("      " + diagnosis.advice());
                }
            }
            long failures = found.stream()
                    .filter(diagnosis -> diagnosis.level() == Level.FAILURE)
                    .count();
            out.println(Counted.of(found.size(), "check") + ", " + failures + " failed");
            out.flush();
            return failures == 0 ? 0 : Catalogctl.FAILED;
        }
    }
}
