package io.catalogconnect.kafka;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.cli.AbstractConnectCli;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.runtime.Connect;

/**
 * A Kafka Connect worker: {@code WorkerProcess worker.properties [connector.properties...]}. The worker is distributed if the
 * first file has a {@code group.id}, and standalone otherwise. A standalone worker creates the connectors of the other files.
 * Prints {@code connect ready url=URL} when its REST server listens; a distributed worker joins its group after that.
 *
 * <p>Runs on the class path of any Kafka release from 3.7 on.
 */
public final class WorkerProcess {
    private WorkerProcess() {}

    /**
     * Runs until standard input ends or the process receives a signal to stop.
     *
     * @param args paths of the worker's properties file and of the connectors' properties files
     * @throws IOException if the file cannot be read
     * @throws ReflectiveOperationException if the Kafka release on the class path starts its workers in another way
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        Properties properties = PropertiesFile.read("WorkerProcess", Arrays.copyOf(args, Math.min(args.length, 1)));
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        Connect<?> connect = start(commandLine(settings), settings, Arrays.copyOfRange(args, 1, args.length));
        StandardInput.exitAtEnd();
        System.out.println("connect ready url=" + connect.rest().advertisedUrl());
        connect.awaitStop();
    }

    /** Kafka's program for these settings. */
    static AbstractConnectCli<?, ?> commandLine(Map<String, String> settings) {
        return settings.containsKey("group.id") ? new ConnectDistributed() : new ConnectStandalone();
    }

    /** Calls {@code startConnect}, which also takes the connectors' files in Kafka 3.x. */
    private static Connect<?> start(Object cli, Map<String, String> settings, String[] connectors)
            throws ReflectiveOperationException {
        Class<?> type = cli.getClass();
        try {
            Object connect = type.getMethod("startConnect", Map.class).invoke(cli, settings);
            type.getMethod("processExtraArgs", Connect.class, String[].class).invoke(cli, connect, connectors);
            return (Connect<?>) connect;
        } catch (NoSuchMethodException e) {
            return (Connect<?>)
                    type.getMethod("startConnect", Map.class, String[].class).invoke(cli, settings, connectors);
        }
    }
}
