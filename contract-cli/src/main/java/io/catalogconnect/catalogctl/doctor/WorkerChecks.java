package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.Workers;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.toolkit.rest.DeployedConnector;
import java.util.List;

/** Settings of the workers, as the validation of both connectors shows them. */
record WorkerChecks(Desired desired, Workers workers) implements Checks {
    @Override
    public void run(List<Diagnosis> found) throws InterruptedException {
        List<DeployedConnector> deployed = workers.connectors();
        for (Connector connector : desired.connectors()) {
            List<String> errors = workers.validate(connector);
            errors.forEach(error -> found.add(Diagnosis.failure(connector.name() + ": " + error, advice(error))));
            if (errors.isEmpty()) {
                found.add(Diagnosis.ok("The workers accept the connector " + connector.name() + "."));
            }
            placeholders(running(connector, deployed), found);
        }
    }

    private void placeholders(Connector connector, List<Diagnosis> found) throws InterruptedException {
        List<String> literal = workers.literalPlaceholders(connector);
        if (literal.isEmpty()) {
            found.add(Diagnosis.ok("The workers replace all placeholders of " + connector.name() + "."));
        } else {
            found.add(Diagnosis.failure(
                    "The workers do not replace the placeholders in " + String.join(", ", literal) + " of "
                            + connector.name() + ".",
                    "Add the provider of the placeholders to config.providers of the workers."));
        }
    }

    /** The configuration that runs. A connector that does not exist has the configuration of the contract. */
    private static Connector running(Connector connector, List<DeployedConnector> deployed) {
        return deployed.stream()
                .filter(other -> other.name().equals(connector.name()))
                .findFirst()
                .map(other -> new Connector(other.name(), other.config()))
                .orElse(connector);
    }

    private static String advice(String error) {
        String key = error.substring(0, Math.max(0, error.indexOf(':')));
        if (key.equals("exactly.once.support")) {
            return "Set exactly.once.source.support=enabled on all workers.";
        }
        return key.contains(".override.")
                ? "Permit the key with connector.client.config.override.policy and its allowlist on all workers."
                : "";
    }
}
