package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.PolicyFile;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Policy;
import io.catalogconnect.contract.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads contracts from files on this machine. */
final class ContractFiles {
    /** More than the largest contract. The rest of a larger file is not read. */
    private static final int MOST_BYTES = 2 << 20;

    private static final Path POLICY = Path.of("catalogctl-policy.yaml");

    private ContractFiles() {}

    /** Reads and checks a contract, and what a policy permits. */
    static ContractFile check(Path file, @Nullable Policy policy) throws ContractException {
        return ContractFile.check(file.toString(), bytes(file), policy);
    }

    /**
     * Reads a policy.
     *
     * @param named file that the user names; null for the default, which may be absent
     * @return null for no policy
     */
    static @Nullable Policy policy(@Nullable Path named) throws ContractException {
        if (named == null && !Files.isRegularFile(POLICY)) {
            return null;
        }
        Path file = named == null ? POLICY : named;
        PolicyFile read = PolicyFile.read(bytes(file));
        if (!read.findings().isEmpty()) {
            throw new ContractException(Report.text(List.of(new ContractFile(file.toString(), null, read.findings())))
                    .stripTrailing());
        }
        return read.policy();
    }

    private static byte[] bytes(Path file) throws ContractException {
        if (!Files.isRegularFile(file)) {
            throw new ContractException(file + " is not a file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw new ContractException(file + " cannot be read: " + e.getMessage());
        }
    }

    /** Reads a contract that has no errors, whatever a policy permits. */
    static Contract valid(Path file) throws ContractException {
        return valid(file, null);
    }

    /**
     * Reads a contract that has no errors and names only what a policy permits.
     *
     * @param policy null for no policy
     * @throws ContractException with all findings if it has errors
     */
    static Contract valid(Path file, @Nullable Policy policy) throws ContractException {
        ContractFile checked = check(file, policy);
        Contract contract = checked.contract();
        if (contract == null || !checked.isValid()) {
            throw new ContractException(Report.text(List.of(checked)).stripTrailing());
        }
        return contract;
    }
}
