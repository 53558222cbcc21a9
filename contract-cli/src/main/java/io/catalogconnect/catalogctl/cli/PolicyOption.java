package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.model.Policy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the platform policy. */
final class PolicyOption {
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = {
                "What contracts may name. Default: catalogctl-policy.yaml in the working directory, if it exists."
            })
    private @Nullable Path file;

    /**
     * Reads the policy.
     *
     * @return null for no policy
     */
    @Nullable
    Policy read() throws ContractException {
        return ContractFiles.policy(file);
    }
}
