package io.catalogconnect.localstack.kafka;

import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the broker as a separate process, over the stack's Kafka directory. */
public final class Broker {
    private Broker() {}

    /**
     * Starts the broker. It keeps its topics across restarts, even if the ports change.
     *
     * @param layout the folders of the stack
     * @param port port for clients
     * @param controllerPort port of the broker's controller
     * @throws IOException if its directories cannot be written
     */
    public static JavaProcess start(StackLayout layout, int port, int controllerPort) throws IOException {
        return start(layout, port, controllerPort, List.of());
    }

    /**
     * The same with further settings.
     *
     * @param settings lines of the broker's properties
     */
    public static JavaProcess start(StackLayout layout, int port, int controllerPort, List<String> settings)
            throws IOException {
        Path properties = layout.run().resolve("broker.properties");
        Files.createDirectories(layout.run());
        List<String> lines = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + layout.kafka().toString().replace('\\', '/'),
                "auto.create.topics.enable=false",
                "log.cleaner.dedupe.buffer.size=2097152",
                "group.initial.rebalance.delay.ms=0",
                "num.partitions=1",
                "default.replication.factor=1",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1"));
        lines.addAll(settings);
        Files.write(properties, lines);
        return JavaProcess.start(new JavaProcess.Command(
                "The Kafka broker",
                layout.classPath("kafka-runtime"),
                "io.catalogconnect.kafka.BrokerProcess",
                // Checksums and compression are native, so the optimizing compiler takes longer than it saves.
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(properties.toString()),
                Map.of(),
                "kafka ready",
                layout.temporary("kafka"),
                layout.log("kafka")));
    }
}
