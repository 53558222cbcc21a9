package io.catalogconnect.contract.model;

import java.util.List;
import java.util.Optional;

/** What the contracts of each team may name. The platform owns it, so that teams can merge their contracts themselves. */
public record Policy(List<Limits> teams) {
    public Policy {
        teams = List.copyOf(teams);
    }

    /**
     * The limits of a team. In patterns, {@code *} is any text; a list that is absent permits everything.
     *
     * @param buckets patterns of buckets and prefixes, such as {@code landing/catalog/*}
     * @param datasets patterns of projects and datasets, such as {@code data.catalog}
     * @param settings patterns of keys in {@code settings}
     * @param partitions largest number of partitions of a topic; 0 for no limit
     * @param retention longest retention of rows; empty for no limit
     */
    public record Limits(
            String team,
            List<String> topics,
            List<String> buckets,
            List<String> hosts,
            List<String> datasets,
            List<String> settings,
            int partitions,
            String retention) {
        public Limits {
            topics = List.copyOf(topics);
            buckets = List.copyOf(buckets);
            hosts = List.copyOf(hosts);
            datasets = List.copyOf(datasets);
            settings = List.copyOf(settings);
        }

        /** The longest retention. */
        public Optional<TimeSpan> retentionSpan() {
            return TimeSpan.parse(retention);
        }
    }

    /** The limits of a team. */
    public Optional<Limits> of(String team) {
        return teams.stream().filter(limits -> limits.team().equals(team)).findFirst();
    }
}
