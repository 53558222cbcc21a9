package io.catalogconnect.benchmarks.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.benchmarks.duel.Figure;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Another source or sink connector beside ours: the same worker, converter and rows. */
public final class PeerBenchmark {
    /** How long committed offsets follow a sink. */
    private static final String FLUSH_MILLIS = "100";

    private PeerBenchmark() {}

    /**
     * Runs the benchmark on a separate stack.
     *
     * @param home the project's folder, built
     * @param plugin the folder of the other connector's plugin
     * @param definition its configuration, as {@link Peer} takes it
     * @throws IOException if the folder or the file does not exist
     * @throws IllegalArgumentException if the folder has no such connector
     */
    public static Figure run(Path home, Path plugin, Path definition, int rows, int rounds, Consumer<String> progress)
            throws Exception {
        if (!Files.isDirectory(plugin)) {
            throw new IOException("--plugin " + plugin + " is not a folder");
        }
        Peer peer = new Peer(ConnectorDefinition.read(definition));
        Map<String, String> settings =
                Map.of("plugin.discovery", "hybrid_warn", "offset.flush.interval.ms", FLUSH_MILLIS);
        try (BenchmarkStack stack =
                BenchmarkStack.start(home, plugin.toAbsolutePath(), Worker.DEFAULTS.withSettings(settings), progress)) {
            return isSource(stack, plugin, peer)
                    ? SourceBenchmark.runPeer(stack, peer, rows, rounds, progress)
                    : SinkBenchmark.runPeer(stack, peer, rows, rounds, progress);
        }
    }

    private static boolean isSource(BenchmarkStack stack, Path plugin, Peer peer) throws InterruptedException {
        List<String> connectors = new ArrayList<>();
        for (JsonNode found : stack.stack().connect().plugins()) {
            String type = found.path("type").asText();
            String connector = found.path("class").asText();
            if (type.equals("source") || type.equals("sink")) {
                if (connector.equals(peer.connectorClass())) {
                    return type.equals("source");
                }
                connectors.add(connector);
            }
        }
        throw new IllegalArgumentException("There is no connector " + peer.connectorClass() + " in " + plugin
                + ". The worker has found " + String.join(", ", connectors));
    }
}
