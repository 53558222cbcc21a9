package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads contracts from files on this machine. */
final class ContractFiles {
    /** More than the largest contract. The rest of a larger file is not read. */
    private static final int MOST_BYTES = 2 << 20;

    private ContractFiles() {}

    static ContractFile check(Path file) throws ContractException {
        if (!Files.isRegularFile(file)) {
            throw new ContractException(file + " is not a file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ContractFile.check(file.toString(), in.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            throw new ContractException(file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a contract that has no errors.
     *
     * @throws ContractException with all findings if it has errors
     */
    static Contract valid(Path file) throws ContractException {
        ContractFile checked = check(file);
        Contract contract = checked.contract();
        if (contract == null || !checked.isValid()) {
            throw new ContractException(Report.text(List.of(checked)).stripTrailing());
        }
        return contract;
    }
}
