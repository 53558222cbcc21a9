package io.catalogconnect.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.cli.AbstractConnectCli;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.runtime.Connect;

/**
 * A Kafka Connect worker: {@code WorkerProcess worker.properties}. The worker is distributed if the file has a {@code group.id},
 * and standalone otherwise. Prints {@code connect ready url=URL} when its REST server listens; a distributed worker joins its
 * group after that.
 *
 * <p>Runs on the class path of any Kafka release from 3.7 on.
 */
public final class WorkerProcess {
    private WorkerProcess() {}

    /**
     * Runs until standard input ends or the process is told to stop.
     *
     * @param args the path of a worker's properties file
     * @throws IOException if the file cannot be read
     * @throws ReflectiveOperationException if the Kafka release on the class path starts its workers in another way
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        Properties properties = PropertiesFile.read("WorkerProcess", args);
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        Connect<?> connect = start(commandLine(settings), settings);
        StandardInput.exitAtEnd();
        System.out.println("connect ready url=" + connect.rest().advertisedUrl());
        connect.awaitStop();
    }

    /** Kafka's program for these settings. */
    static AbstractConnectCli<?, ?> commandLine(Map<String, String> settings) {
        return settings.containsKey("group.id") ? new ConnectDistributed() : new ConnectStandalone();
    }

    /** Calls {@code startConnect}, which has a second, variable parameter in Kafka 3.x. */
    private static Connect<?> start(Object cli, Map<String, String> settings) throws ReflectiveOperationException {
        Object connect;
        try {
            connect = cli.getClass().getMethod("startConnect", Map.class).invoke(cli, settings);
        } catch (NoSuchMethodException e) {
            connect = cli.getClass()
                    .getMethod("startConnect", Map.class, String[].class)
                    .invoke(cli, settings, new String[0]);
        }
        return (Connect<?>) connect;
    }
}
