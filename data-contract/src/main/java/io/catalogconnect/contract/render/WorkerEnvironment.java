package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The environment variables that a worker needs for the connectors of a contract. */
final class WorkerEnvironment {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

    private WorkerEnvironment() {}

    static List<RenderedFile> of(Contract contract, Environment environment) {
        Map<String, TreeSet<String>> keys = new TreeMap<>();
        for (Connector connector :
                List.of(SourceConnector.of(contract, environment), SinkConnector.of(contract, environment))) {
            connector
                    .config()
                    .forEach((key, value) -> VARIABLE.matcher(value)
                            .results()
                            .forEach(match -> keys.computeIfAbsent(match.group(1), name -> new TreeSet<>())
                                    .add(key + " of " + connector.name())));
        }
        if (keys.isEmpty()) {
            return List.of();
        }
        StringBuilder text = new StringBuilder("# Environment variables of the Connect workers for ")
                .append(contract.identity().name())
                .append(" in ")
                .append(environment.name())
                .append(". The workers need\n# config.providers=env and ")
                .append("config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider.\n");
        keys.forEach((name, uses) -> text.append("\n# ")
                .append(String.join(", ", uses))
                .append('\n')
                .append(name)
                .append("=\n"));
        return List.of(new RenderedFile("worker.env", text.toString()));
    }
}
