package io.catalogconnect.localstack;

import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.util.HashMap;
import java.util.Map;

/** The main job for tests that kill its worker: the next one waits for what the dead one left open, 60 s if nobody says otherwise. */
final class ShortTransactions {
    private ShortTransactions() {}

    static MainJob of(MainJob job) {
        Map<String, String> config = new HashMap<>(job.source().config());
        config.put("producer.override.transaction.timeout.ms", "10000");
        return new MainJob(new ConnectorDefinition(job.source().name(), config), job.sink());
    }
}
