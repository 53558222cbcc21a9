package io.catalogconnect.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/**
 * A distributed Kafka Connect worker: {@code WorkerProcess worker.properties}. Prints {@code connect ready url=URL} when its
 * REST server listens; the worker joins its group after that.
 */
public final class WorkerProcess {
    private WorkerProcess() {}

    /**
     * Runs until standard input ends or the process is told to stop.
     *
     * @param args the path of a worker's properties file
     * @throws IOException if the file cannot be read
     */
    public static void main(String[] args) throws IOException {
        Properties properties = PropertiesFile.read("WorkerProcess", args);
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        Connect<?> connect = new ConnectDistributed().startConnect(settings);
        StandardInput.exitAtEnd();
        System.out.println("connect ready url=" + connect.rest().advertisedUrl());
        connect.awaitStop();
    }
}
