package io.catalogconnect.contract;

import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.finding.Finding.Level;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.lint.ContractRules;
import io.catalogconnect.contract.lint.PolicyRules;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Policy;
import io.catalogconnect.contract.read.ContractReader;
import io.catalogconnect.contract.yaml.YamlFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contract that was read and checked.
 *
 * @param name the file as the user named it
 * @param contract the contract as far as it could be read; null if the file is not YAML
 * @param findings all mistakes, by place
 */
public record ContractFile(String name, @Nullable Contract contract, List<Finding> findings) {
    public ContractFile {
        findings = List.copyOf(findings);
    }

    /** Reads and checks the bytes of a file. */
    public static ContractFile check(String name, byte[] bytes) {
        return check(name, bytes, null);
    }

    /** Reads and checks the bytes of a file, and what a policy permits. */
    public static ContractFile check(String name, byte[] bytes, @Nullable Policy policy) {
        Findings findings = new Findings();
        YamlFile file = YamlFile.parse(bytes, findings);
        if (file.root() == null) {
            return new ContractFile(name, null, findings.sorted());
        }
        Contract contract = ContractReader.read(file.root(), findings);
        ContractRules.check(contract, file, findings);
        if (policy != null) {
            PolicyRules.check(contract, policy, findings);
        }
        return new ContractFile(name, contract, findings.sorted());
    }

    /** The number of findings of a level. */
    public long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** True if the contract has no errors. Warnings are allowed. */
    public boolean isValid() {
        return count(Level.ERROR) == 0;
    }
}
