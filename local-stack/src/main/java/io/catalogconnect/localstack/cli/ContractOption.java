package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.contract.StackContract;
import io.catalogconnect.localstack.layout.StackLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names a data contract. */
final class ContractOption {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--contract",
            paramLabel = "FILE",
            description = "The data contract that is applied (default: config/contracts/product-catalog.odcs.yaml).")
    private @Nullable Path file;

    /** True if the contract is the one that ships with the sample. */
    boolean isOfTheSample(StackLayout layout) {
        return file == null || file.toAbsolutePath().normalize().equals(layout.contract());
    }

    /** True if a contract was named. */
    boolean isGiven() {
        return file != null;
    }

    StackContract read(StackLayout layout) throws IOException, InterruptedException {
        if (file != null && (!Files.isReadable(file) || Files.isDirectory(file))) {
            throw wrong("--contract " + file + " is not a file that can be read");
        }
        return StackContract.read(layout, file == null ? layout.contract() : file);
    }

    /** A mistake in the command line. */
    ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it runs the command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
