package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.yaml.YamlFile;

/** Runs all rules. */
public final class ContractRules {
    private ContractRules() {}

    /** Adds what is wrong with a contract as a whole. */
    public static void check(Contract contract, YamlFile file, Findings findings) {
        new IdentityRules(contract, findings).check();
        new OwnershipRules(contract, findings).check();
        new RetentionRules(contract, findings).check();
        new SecretRules(contract, findings).check();
        new LabelRules(contract, findings).check();
        new SettingRules(contract, findings).check();
        new UpsertRules(contract, findings).check();
        new EnvironmentRules(contract, findings).check();
        new ObjectRules(contract, findings).check();
        new ColumnRules(contract, findings).check();
        new QualityRules(contract, findings).check();
        new RuleTextRules(contract, file, findings).check();
    }
}
