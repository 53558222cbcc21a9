package io.catalogconnect.localstack.fault;

import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.process.FreePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A worker whose JMX listens on loopback, and what it says there. */
public final class ObservedWorker {

    private final int port;

    /** On a port that is free. */
    public ObservedWorker() throws IOException {
        this.port = new FreePorts(RandomGenerator.getDefault()).take(0);
    }

    /** How to start it. */
    public Worker.Options options(String heap) {
        String jmx = "-Dcom.sun.management.jmxremote.";
        return new Worker.Options(
                "connect",
                heap,
                Map.of(),
                List.of(
                        "-Djava.rmi.server.hostname=127.0.0.1",
                        jmx + "host=127.0.0.1",
                        jmx + "port=" + port,
                        jmx + "rmi.port=" + port,
                        jmx + "authenticate=false",
                        jmx + "ssl=false"));
    }

    /** Metrics of a connector's tasks (KIP-877), summed over the tasks that run here. */
    public Map<String, Long> metrics(String connector) throws IOException, JMException {
        try (JMXConnector jmx = connect()) {
            MBeanServerConnection beans = jmx.getMBeanServerConnection();
            Map<String, Long> sums = new TreeMap<>();
            for (ObjectName task : beans.queryNames(
                    new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",*"), null)) {
                for (MBeanAttributeInfo attribute : beans.getMBeanInfo(task).getAttributes()) {
                    if (beans.getAttribute(task, attribute.getName()) instanceof Long value) {
                        sums.merge(attribute.getName(), value, Long::sum);
                    }
                }
            }
            return sums;
        }
    }

    /** The heap's bytes in use after everything has been collected that can be. */
    long liveHeapBytes() throws IOException {
        try (JMXConnector jmx = connect()) {
            MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                    jmx.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
            memory.gc();
            return memory.getHeapMemoryUsage().getUsed();
        }
    }

    @SuppressWarnings("BanJNDI") // The address is of a process that this test started, on loopback.
    private JMXConnector connect() throws IOException {
        return JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
    }
}
