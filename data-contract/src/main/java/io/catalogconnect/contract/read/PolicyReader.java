package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Policy;
import io.catalogconnect.contract.model.Policy.Limits;
import io.catalogconnect.contract.model.TimeSpan;
import io.catalogconnect.contract.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a platform policy. */
public final class PolicyReader {
    private static final int MOST_PARTITIONS = 1000;

    private PolicyReader() {}

    /** Reads the tree of a file. */
    public static Policy read(YamlNode root, Findings findings) {
        Fields top = new Fields(root, Place.START, "a policy", findings);
        top.key("apiVersion").needed().word("v1");
        Policy policy = new Policy(top.list("teams", "a team of the policy", "").stream()
                .map(team -> limits(team, findings))
                .toList());
        top.done();
        Set<String> teams = new HashSet<>();
        for (Limits limits : policy.teams()) {
            if (!limits.team().isEmpty() && !teams.add(limits.team())) {
                findings.error(
                        top.places().value("teams"),
                        "policy",
                        "The policy has two entries for the team '" + limits.team() + "'. Merge them.");
            }
        }
        return policy;
    }

    private static Limits limits(Fields team, Findings findings) {
        Limits limits = new Limits(
                team.key("team").needed().text(),
                patterns(team, "topics"),
                patterns(team, "buckets"),
                patterns(team, "hosts"),
                patterns(team, "datasets"),
                patterns(team, "settings"),
                team.key("partitions").integer(0, MOST_PARTITIONS),
                team.key("retention").text());
        if (!limits.retention().isEmpty() && limits.retentionSpan().isEmpty()) {
            findings.error(
                    team.places().value("retention"),
                    "retention",
                    "retention is '" + limits.retention() + "'. Write " + TimeSpan.FORM + ".");
        }
        team.done();
        return limits;
    }

    private static List<String> patterns(Fields team, String key) {
        List<String> patterns = team.key(key).texts();
        return team.has(key) ? patterns : List.of("*");
    }
}
