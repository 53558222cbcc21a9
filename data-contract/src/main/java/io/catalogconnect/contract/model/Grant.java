package io.catalogconnect.contract.model;

import java.util.List;

/**
 * Access to objects.
 *
 * @param members IAM members that read the tables
 * @param principals Kafka principals that read the topics
 * @param group consumer group of the principals; empty for none
 * @param objects names of the objects
 * @param environments names of the environments; empty for all
 * @param approvers who approves new holders
 */
public record Grant(
        String role,
        String description,
        List<String> members,
        List<String> principals,
        String group,
        List<String> objects,
        List<String> environments,
        List<String> approvers,
        Places places) {
    public Grant {
        members = List.copyOf(members);
        principals = List.copyOf(principals);
        objects = List.copyOf(objects);
        environments = List.copyOf(environments);
        approvers = List.copyOf(approvers);
    }

    /** True if the grant applies in an environment. */
    public boolean appliesIn(String environment) {
        return environments.isEmpty() || environments.contains(environment);
    }
}
