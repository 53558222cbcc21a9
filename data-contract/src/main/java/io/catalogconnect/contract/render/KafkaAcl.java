package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.Grant;
import io.catalogconnect.contract.model.KafkaServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Access of a principal to a resource of Kafka.
 *
 * @param type {@code topic}, {@code group} or {@code transactionalId}
 * @param prefixed true if the name is the start of the names of all resources
 */
public record KafkaAcl(String principal, String type, String name, boolean prefixed, List<String> operations) {
    private static final List<String> WRITE = List.of("Write", "Describe");

    public KafkaAcl {
        operations = List.copyOf(operations);
    }

    /** The access of the workers, if their principal is known, and of the consumers. */
    public static List<KafkaAcl> of(Contract contract, Environment environment) {
        List<KafkaAcl> acls = new ArrayList<>();
        if (!environment.stream().connectPrincipal().isEmpty()) {
            workers(contract, environment, acls);
        }
        for (Grant grant : contract.grants()) {
            if (grant.appliesIn(environment.name())) {
                grant.principals().forEach(principal -> consumer(contract, grant, principal, acls));
            }
        }
        return acls;
    }

    private static void workers(Contract contract, Environment environment, List<KafkaAcl> acls) {
        KafkaServer stream = environment.stream();
        String principal = stream.connectPrincipal();
        List<String> read = contract.objects().stream().map(DataObject::topic).toList();
        for (TopicSpec topic : TopicSpec.of(contract, environment)) {
            List<String> operations = read.contains(topic.name()) ? List.of("Write", "Read", "Describe") : WRITE;
            acls.add(new KafkaAcl(principal, "topic", topic.name(), false, operations));
        }
        String sink = SinkConnector.of(contract, environment).name();
        acls.add(new KafkaAcl(principal, "group", "connect-" + sink, false, List.of("Read")));
        if (!stream.connectGroup().isEmpty()) {
            String source = SourceConnector.of(contract, environment).name();
            acls.add(new KafkaAcl(
                    principal, "transactionalId", stream.connectGroup() + "-" + source + "-", true, WRITE));
            acls.add(new KafkaAcl(
                    principal, "transactionalId", "connect-cluster-" + stream.connectGroup(), false, WRITE));
        }
    }

    private static void consumer(Contract contract, Grant grant, String principal, List<KafkaAcl> acls) {
        for (DataObject object : contract.objects()) {
            if (grant.objects().contains(object.name())) {
                acls.add(new KafkaAcl(principal, "topic", object.topic(), false, List.of("Read", "Describe")));
            }
        }
        if (!grant.group().isEmpty()) {
            acls.add(new KafkaAcl(principal, "group", grant.group(), false, List.of("Read")));
        }
    }

    /** The commands that add the access. */
    static List<RenderedFile> commands(Contract contract, Environment environment) {
        List<KafkaAcl> acls = of(contract, environment);
        if (acls.isEmpty()) {
            return List.of();
        }
        String text = acls.stream().map(KafkaAcl::command).collect(Collectors.joining());
        return List.of(new RenderedFile(
                "kafka-acls.sh",
                "#!/bin/sh\n# Access to Kafka for " + contract.identity().name() + " in " + environment.name()
                        + ". Arguments: options of kafka-acls.sh, such as --bootstrap-server and --command-config.\n"
                        + "set -eu\n" + text));
    }

    private String command() {
        String option = type.equals("transactionalId") ? "--transactional-id" : "--" + type;
        return "kafka-acls.sh \"$@\" --add --allow-principal " + quoted(principal)
                + operations.stream()
                        .map(operation -> " --operation " + operation)
                        .collect(Collectors.joining())
                + " " + option + " " + quoted(name)
                + (prefixed ? " --resource-pattern-type prefixed" : "") + "\n";
    }

    /** A text as one word of a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
