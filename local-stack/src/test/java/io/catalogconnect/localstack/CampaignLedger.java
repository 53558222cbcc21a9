package io.catalogconnect.localstack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The faults that a campaign has injected, with their times. For use by one thread. */
final class CampaignLedger {
    private record Entry(Duration at, CampaignFault kind, String detail) {}

    private final Instant start = Instant.now();
    private final List<Entry> entries = new ArrayList<>();

    /** Adds a fault that has happened. */
    void add(CampaignFault kind, String detail) {
        entries.add(new Entry(Duration.between(start, Instant.now()), kind, detail));
    }

    int size() {
        return entries.size();
    }

    /** The number of faults of each kind. */
    Map<CampaignFault, Integer> counts() {
        Map<CampaignFault, Integer> counts = new EnumMap<>(CampaignFault.class);
        entries.forEach(entry -> counts.merge(entry.kind(), 1, Integer::sum));
        return counts;
    }

    /** A line for each fault, and one for each kind with its number. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("time     fault            detail\n");
        for (Entry entry : entries) {
            text.append("%4d.%1d s %-16s %s%n"
                    .formatted(entry.at().toSeconds(), entry.at().toMillisPart() / 100, entry.kind(), entry.detail()));
        }
        counts().forEach((kind, count) -> text.append("%-16s %5d%n".formatted(kind, count)));
        return text.append("%-16s %5d%n".formatted("all", size())).toString();
    }
}
