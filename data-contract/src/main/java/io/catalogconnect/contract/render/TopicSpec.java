package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.Product.TopicSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A topic of a contract.
 *
 * @param config settings of the topic in the order of their names
 */
public record TopicSpec(String name, int partitions, int replication, Map<String, String> config) {
    public TopicSpec {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** The topics of a valid contract in an environment: those of its objects, the object events and the malformed rows. */
    public static List<TopicSpec> of(Contract contract, Environment environment) {
        TopicSettings settings = contract.product().topics();
        // Compaction would delete end markers and rows.
        Map<String, String> config = new LinkedHashMap<>(Map.of("cleanup.policy", "delete"));
        settings.retentionSpan().ifPresent(span -> config.put("retention.ms", String.valueOf(span.millis())));
        String rejects = contract.product().rejects().equals("topic") ? settings.rejects() : "";
        List<TopicSpec> topics = new ArrayList<>();
        Stream.concat(contract.objects().stream().map(DataObject::topic), Stream.of(settings.events(), rejects))
                .filter(name -> !name.isEmpty())
                .distinct()
                .forEach(name ->
                        topics.add(new TopicSpec(name, settings.partitions(), environment.replication(), config)));
        return topics;
    }
}
