package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.render.PrimaryKey;
import io.catalogconnect.settings.NearestName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The only write mode in settings is {@code upsert}, with a primary key of columns of the contract. */
record UpsertRules(Contract contract, Findings findings) {
    private static final String RULE = "settings";
    private static final String MODE = "write.mode";
    private static final String COLUMNS = "upsert.key.columns";

    void check() {
        contract.warehouses().forEach(this::check);
    }

    private void check(BigQueryServer server) {
        Map<String, String> settings =
                new HashMap<>(contract.product().settings().sink());
        settings.putAll(server.settings());
        if (!settings.containsKey(MODE)) {
            return;
        }
        if (!"upsert".equals(settings.get(MODE))) {
            error(server, MODE, "The write mode follows from delivery. Remove 'write.mode', or set it to upsert.");
            return;
        }
        String delivery = server.delivery().isEmpty() ? contract.product().delivery() : server.delivery();
        if (!delivery.equals("append")) {
            error(
                    server,
                    MODE,
                    "write.mode=upsert needs delivery: append in the environment " + server.environment() + ".");
        }
        if (settings.getOrDefault("upsert.key.source", "record-key").equals("record-key")) {
            error(
                    server,
                    MODE,
                    "The record key of the source is the key of the S3 object. Set 'upsert.key.source' to value or"
                            + " headers, and 'upsert.key.columns' to the columns of the primary key.");
            return;
        }
        List<String> key = PrimaryKey.names(settings.getOrDefault(COLUMNS, "")).toList();
        if (key.isEmpty()) {
            error(server, MODE, "'upsert.key.columns' is missing. Set it to the columns of the primary key.");
        }
        // All objects have the same columns.
        contract.objects().stream()
                .findFirst()
                .ifPresent(object -> key.stream()
                        .filter(name -> object.column(name).isEmpty())
                        .forEach(name -> error(server, COLUMNS, unknown(name, object))));
    }

    private static String unknown(String name, DataObject object) {
        List<String> columns = object.columns().stream().map(Column::name).toList();
        return "'upsert.key.columns' names '" + name + "', which is no column of " + object.name() + "."
                + NearestName.of(name, columns)
                        .map(nearest -> " Did you mean '" + nearest + "'?")
                        .orElse("");
    }

    /** Adds an error at the settings that have a key. */
    private void error(BigQueryServer server, String key, String message) {
        Place place = server.settings().containsKey(key)
                ? server.places().value("settings")
                : contract.product().settings().places().value("sink");
        findings.error(place, RULE, message);
    }
}
