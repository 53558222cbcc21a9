package io.catalogconnect.contract;

import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Policy;
import io.catalogconnect.contract.read.PolicyReader;
import io.catalogconnect.contract.yaml.YamlFile;
import java.util.List;

/**
 * A platform policy that was read.
 *
 * @param policy without teams if the file cannot be read
 * @param findings all mistakes, by place
 */
public record PolicyFile(Policy policy, List<Finding> findings) {
    public PolicyFile {
        findings = List.copyOf(findings);
    }

    /** Reads the bytes of a file. */
    public static PolicyFile read(byte[] bytes) {
        Findings findings = new Findings();
        YamlFile file = YamlFile.parse(bytes, findings);
        Policy policy = file.root() == null ? new Policy(List.of()) : PolicyReader.read(file.root(), findings);
        return new PolicyFile(policy, findings.sorted());
    }
}
