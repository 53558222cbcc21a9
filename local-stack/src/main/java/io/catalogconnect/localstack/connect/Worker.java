package io.catalogconnect.localstack.connect;

import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Starts the Connect worker as a process of its own, with the plugins isolated on its plugin path. */
public final class Worker {
    private Worker() {}

    /**
     * Starts a worker with the settings of {@code config/workers/local.properties}, completed by what only this machine knows.
     *
     * @param layout where things lie
     * @param port the port of its REST API
     * @param bootstrap the broker's address
     * @param environment what the connectors' configuration reads by <code>${env:...}</code>
     * @throws IOException if the settings cannot be read
     */
    public static JavaProcess start(StackLayout layout, int port, String bootstrap, Map<String, String> environment)
            throws IOException {
        return start(layout, port, bootstrap, environment, Map.of());
    }

    /**
     * The same with some settings of the worker's own.
     *
     * @param settings added to the settings of all workers, or instead of them
     */
    public static JavaProcess start(
            StackLayout layout,
            int port,
            String bootstrap,
            Map<String, String> environment,
            Map<String, String> settings)
            throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(layout.workerProperties())) {
            properties.load(reader);
        }
        properties.setProperty("bootstrap.servers", bootstrap);
        properties.setProperty("listeners", "http://127.0.0.1:" + port);
        properties.setProperty("rest.advertised.host.name", "127.0.0.1");
        properties.setProperty("plugin.path", layout.pluginPath());
        properties.putAll(settings);
        Files.createDirectories(layout.run());
        Path rendered = layout.run().resolve("worker-" + port + ".properties");
        try (Writer writer = Files.newBufferedWriter(rendered)) {
            properties.store(writer, null);
        }
        return JavaProcess.start(new JavaProcess.Command(
                "The Connect worker",
                layout.classPath("kafka-runtime"),
                "io.catalogconnect.kafka.WorkerProcess",
                List.of("-Xmx1g", "-XX:+UseSerialGC"),
                List.of(rendered.toString()),
                environment,
                "connect ready",
                layout.log("connect")));
    }
}
