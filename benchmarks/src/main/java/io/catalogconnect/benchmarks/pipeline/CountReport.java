package io.catalogconnect.benchmarks.pipeline;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes what counting sinks tell, one after the other. */
final class CountReport implements AutoCloseable {
    private final ServerSocket server;
    private final Arrivals arrivals = new Arrivals();
    private volatile boolean closing;

    private CountReport(ServerSocket server) {
        this.server = server;
    }

    static CountReport start() throws IOException {
        CountReport report = new CountReport(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(report::take, "count-report");
        thread.setDaemon(true);
        thread.start();
        return report;
    }

    int port() {
        return server.getLocalPort();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    private void take() {
        while (!closing) {
            try (Socket sink = server.accept();
                    DataInputStream in = new DataInputStream(sink.getInputStream())) {
                long before = 0;
                while (true) {
                    long count = in.readLong();
                    arrivals.add(count - before);
                    before = count;
                }
            } catch (EOFException e) {
                // This sink has stopped; the next one will connect.
            } catch (IOException e) {
                if (!closing) {
                    arrivals.fail("The counting sink does not tell its count: " + e.getMessage());
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        server.close();
    }
}
