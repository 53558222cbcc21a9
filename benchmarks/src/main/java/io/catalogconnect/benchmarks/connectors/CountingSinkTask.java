package io.catalogconnect.benchmarks.connectors;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** Counts. */
public final class CountingSinkTask extends SinkTask {
    private @Nullable Socket socket;
    private @Nullable DataOutputStream report;
    private long count;

    @Override
    public void start(Map<String, String> props) {
        int port = Integer.parseInt(Objects.requireNonNull(props.get(CountingSink.REPORT_PORT)));
        try {
            Socket connected = new Socket(InetAddress.getLoopbackAddress(), port);
            socket = connected;
            connected.setTcpNoDelay(true);
            report = new DataOutputStream(connected.getOutputStream());
        } catch (IOException e) {
            throw new ConnectException("Nobody takes the count at port " + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        count += records.size();
        try {
            Objects.requireNonNull(report).writeLong(count);
        } catch (IOException e) {
            throw new ConnectException("Nobody takes the count any more: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        Socket connected = socket;
        if (connected != null) {
            try {
                connected.close();
            } catch (IOException e) {
                throw new ConnectException("The report could not be ended: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public String version() {
        return "benchmark";
    }
}
