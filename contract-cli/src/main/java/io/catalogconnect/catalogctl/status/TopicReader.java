package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Topics;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.Status.TopicState;
import io.catalogconnect.catalogctl.status.Status.TopicState.Use;
import io.catalogconnect.contract.render.TopicSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the topics of a contract, its dead letter queue included. */
record TopicReader(Desired desired, Topics topics) {
    List<TopicState> read() throws InterruptedException {
        Map<String, Use> uses = uses();
        Set<String> existing = topics.find(uses.keySet()).keySet();
        List<String> counted = uses.entrySet().stream()
                .filter(topic -> isCounted(topic.getValue()) && existing.contains(topic.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Integer> records = records(counted);
        List<TopicState> states = new ArrayList<>();
        uses.forEach((name, use) ->
                states.add(new TopicState(name, use, existing.contains(name), records.getOrDefault(name, 0))));
        return states;
    }

    /** The account may describe the topics only. */
    private Map<String, Integer> records(List<String> counted) throws InterruptedException {
        if (counted.isEmpty()) {
            return Map.of();
        }
        try {
            return topics.records(counted, TopicState.MOST_RECORDS);
        } catch (LiveException e) {
            return counted.stream().collect(Collectors.toMap(name -> name, name -> TopicState.NOT_COUNTED));
        }
    }

    private static boolean isCounted(Use use) {
        return use == Use.MALFORMED_ROWS || use == Use.DEAD_LETTERS;
    }

    private Map<String, Use> uses() {
        String events = desired.source().config().getOrDefault("object.events.topic", "");
        String malformed = desired.source().config().getOrDefault("bad.rows.topic", "");
        Map<String, Use> uses = new LinkedHashMap<>();
        for (TopicSpec topic : desired.topics()) {
            uses.put(
                    topic.name(),
                    topic.name().equals(events)
                            ? Use.EVENTS
                            : topic.name().equals(malformed) ? Use.MALFORMED_ROWS : Use.ROWS);
        }
        String deadLetters = desired.sink().config().getOrDefault("errors.deadletterqueue.topic.name", "");
        if (!deadLetters.isEmpty()) {
            uses.put(deadLetters, Use.DEAD_LETTERS);
        }
        return uses;
    }

    /** The lag of the sink by topic. */
    Map<String, Long> lags(List<TopicState> states) throws InterruptedException {
        Set<String> ofTables = Set.copyOf(topicsByTable(desired).values());
        List<String> existing = states.stream()
                .filter(topic -> topic.exists() && ofTables.contains(topic.name()))
                .map(TopicState::name)
                .toList();
        return topics.lag("connect-" + desired.sink().name(), existing);
    }

    /** The topics by the names of their tables. */
    static Map<String, String> topicsByTable(Desired desired) {
        Map<String, String> topics = new HashMap<>();
        for (String pair : desired.sink().config().getOrDefault("tables", "").split(",", -1)) {
            int colon = pair.lastIndexOf(':');
            if (colon > 0) {
                topics.put(
                        pair.substring(colon + 1).strip(),
                        pair.substring(0, colon).strip());
            }
        }
        return topics;
    }
}
