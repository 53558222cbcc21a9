package io.catalogconnect.localstack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Kinds of faults of a campaign, with the number of each in a thousand. The faults of calls name exactly the call that they affect.
 */
enum CampaignFault {
    REQUEST_CUT(170, "{\"effect\":\"DROP_REQUEST\"," + CampaignFault.APPEND),
    ANSWER_CUT(170, "{\"effect\":\"DROP_ANSWER\"," + CampaignFault.APPEND),
    SLOW_ANSWER(170, "{\"effect\":\"DELAY\",\"durationMs\":700," + CampaignFault.APPEND),
    NO_ANSWER(40, "{\"effect\":\"HANG\"," + CampaignFault.APPEND),
    UNAVAILABLE(60, "{\"effect\":\"ERROR\",\"code\":\"UNAVAILABLE\"," + CampaignFault.APPEND),
    ABORTED(50, "{\"effect\":\"ERROR\",\"code\":\"ABORTED\"," + CampaignFault.APPEND),
    QUOTA_EXCEEDED(60, "{\"effect\":\"ERROR\",\"code\":\"RESOURCE_EXHAUSTED\"," + CampaignFault.APPEND),
    LOST_STREAM(60, "{\"effect\":\"LOSE_STREAM\"," + CampaignFault.APPEND),
    ROWS_DELETED(100, ""),
    REBALANCE(40, ""),
    WORKER_KILLED(25, ""),
    BIGQUERY_KILLED(25, ""),
    S3_KILLED(20, ""),
    BROKER_KILLED(10, "");

    private static final String APPEND = "\"method\":\"AppendRows\",\"resource\":\"/products_raw/\"}";
    private static final int THOUSAND = 1_000;

    private final int perThousand;
    private final String rule;

    CampaignFault(int perThousand, String rule) {
        this.perThousand = perThousand;
        this.rule = rule;
    }

    /** The rule of local-bigquery that affects one call; empty for a fault of another kind. */
    Optional<String> rule() {
        return rule.isEmpty() ? Optional.empty() : Optional.of(rule);
    }

    /** A number of faults in random order, at least one of each kind. */
    static List<CampaignFault> shuffled(int faults, Random random) {
        List<CampaignFault> all = new ArrayList<>();
        for (CampaignFault kind : values()) {
            all.addAll(Collections.nCopies(Math.max(1, kind.perThousand * faults / THOUSAND), kind));
        }
        while (all.size() < faults) {
            all.add(values()[all.size() % 2]);
        }
        Collections.shuffle(all, random);
        return all;
    }
}
