package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.Places;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.SinkConnector;
import io.catalogconnect.contract.render.SourceConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the plugins refuse in the connectors of a valid contract. */
final class ConnectorFindings {
    private final Findings findings = new Findings();

    private ConnectorFindings() {}

    /** The file with further findings. */
    static ContractFile check(ContractFile file) throws ContractException {
        Contract contract = file.contract();
        if (contract == null || !file.isValid()) {
            return file;
        }
        ConnectorFindings check = new ConnectorFindings();
        for (String name : contract.environmentNames()) {
            Environment environment = contract.environment(name).orElseThrow();
            check.add(
                    SourceConnector.of(contract, environment),
                    PluginCode.SOURCE,
                    contract,
                    "source",
                    environment.landing().settings(),
                    environment.landing().places());
            check.add(
                    SinkConnector.of(contract, environment),
                    PluginCode.SINK,
                    contract,
                    "sink",
                    environment.warehouse().settings(),
                    environment.warehouse().places());
        }
        List<Finding> all = new ArrayList<>(file.findings());
        all.addAll(check.findings.sorted());
        return new ContractFile(file.name(), contract, all);
    }

    private void add(
            Connector connector,
            String plugin,
            Contract contract,
            String side,
            Map<String, String> settings,
            Places server)
            throws ContractException {
        ObjectNode config = new ObjectMapper().createObjectNode();
        connector.config().forEach(config::put);
        for (JsonNode problem : PluginCode.check(config, plugin).path("problems")) {
            String key = problem.path("key").asText();
            Place place = settings.containsKey(key)
                    ? server.value("settings")
                    : inContract(contract, side, key)
                            ? contract.product().settings().places().value(side)
                            : server.own();
            findings.error(place, "connector", problem.path("message").asText());
        }
    }

    private static boolean inContract(Contract contract, String side, String key) {
        Map<String, String> settings = side.equals("source")
                ? contract.product().settings().source()
                : contract.product().settings().sink();
        return settings.containsKey(key);
    }
}
