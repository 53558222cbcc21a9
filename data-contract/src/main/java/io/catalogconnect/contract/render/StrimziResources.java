package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.report.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Resources for the operators of Strimzi. */
final class StrimziResources {
    private static final String VERSION = "kafka.strimzi.io/v1";
    private static final String CLUSTER = "strimzi.io/cluster";
    private static final int LONGEST_NAME = 63;

    private StrimziResources() {}

    /** One file with a document for each resource. The names of the clusters are those of config/strimzi. */
    static List<RenderedFile> of(Contract contract, Environment environment) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Connector connector :
                List.of(SourceConnector.of(contract, environment), SinkConnector.of(contract, environment))) {
            documents.add(connector(connector));
        }
        TopicSpec.of(contract, environment).forEach(topic -> documents.add(topic(topic)));
        KafkaAcl.of(contract, environment).stream()
                .collect(Collectors.groupingBy(KafkaAcl::principal, LinkedHashMap::new, Collectors.toList()))
                .forEach((principal, acls) -> documents.add(user(principal, acls)));
        return List.of(new RenderedFile(
                "strimzi.yaml",
                documents.stream()
                        .map(document -> "---\n" + YamlText.of(document))
                        .collect(Collectors.joining())));
    }

    private static Map<String, Object> connector(Connector connector) {
        Map<String, String> config = new LinkedHashMap<>(connector.config());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("class", String.valueOf(config.remove("connector.class")));
        spec.put("tasksMax", Integer.valueOf(config.getOrDefault("tasks.max", "1")));
        config.remove("tasks.max");
        spec.put("autoRestart", Map.of("enabled", true));
        spec.put("config", config);
        return resource("KafkaConnector", connector.name(), "catalog-connect", spec);
    }

    private static Map<String, Object> topic(TopicSpec topic) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("topicName", topic.name());
        spec.put("partitions", topic.partitions());
        spec.put("replicas", topic.replication());
        spec.put("config", topic.config());
        return resource("KafkaTopic", topic.name(), "my-cluster", spec);
    }

    private static Map<String, Object> user(String principal, List<KafkaAcl> acls) {
        List<Object> rules = new ArrayList<>();
        for (KafkaAcl acl : acls) {
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("type", acl.type());
            resource.put("name", acl.name());
            resource.put("patternType", acl.prefixed() ? "prefix" : "literal");
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("resource", resource);
            rule.put("operations", acl.operations());
            rules.add(rule);
        }
        Map<String, Object> authorization = new LinkedHashMap<>();
        authorization.put("type", "simple");
        authorization.put("acls", rules);
        return resource(
                "KafkaUser",
                principal.replaceFirst("^User:", ""),
                "my-cluster",
                Map.of("authorization", authorization));
    }

    private static Map<String, Object> resource(String kind, String name, String cluster, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", kubernetesName(name));
        metadata.put("labels", Map.of(CLUSTER, cluster));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", VERSION);
        resource.put("kind", kind);
        resource.put("metadata", metadata);
        resource.put("spec", spec);
        return resource;
    }

    /** A name with the characters that Kubernetes accepts. */
    private static String kubernetesName(String name) {
        String valid =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        return valid.substring(0, Math.min(valid.length(), LONGEST_NAME));
    }
}
