package io.catalogconnect.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A single-node KRaft broker: {@code BrokerProcess server.properties}. Formats {@code log.dirs} when it is empty, serves, and
 * prints {@code kafka ready}.
 */
public final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * Runs until standard input ends or the process receives a signal to stop.
     *
     * @param args the path of a broker's properties file
     * @throws IOException if the file cannot be read or the log directory cannot be written
     */
    public static void main(String[] args) throws Exception {
        KafkaConfig config = new KafkaConfig(PropertiesFile.read("BrokerProcess", args));
        formatIfEmpty(config);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        StandardInput.exitAtEnd();
        System.out.println("kafka ready");
        server.awaitShutdown();
    }

    private static void formatIfEmpty(KafkaConfig config) throws Exception {
        Path directory = Path.of(config.logDirs().get(0));
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(config.nodeId())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(config.controllerListenerNames().get(0))
                .run();
    }
}
