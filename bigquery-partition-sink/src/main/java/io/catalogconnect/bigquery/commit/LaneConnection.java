package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.Nullable;

/** A lane's connection to its stream, opened on first use and reopened after it ended. */
final class LaneConnection {

    private final WriteStreams streams;
    private @Nullable StreamConnection connection;

    LaneConnection(WriteStreams streams) {
        this.streams = streams;
    }

    /** The open connection, which is created if it does not exist. */
    StreamConnection to(String stream) {
        StreamConnection open = connection;
        if (open == null || !open.isOpen()) {
            close();
            open = streams.connect(stream);
            connection = open;
        }
        return open;
    }

    /** Whether there is a connection that still works. */
    boolean isOpen() {
        return connection != null && connection.isOpen();
    }

    /** Whether there is a connection, working or ended. */
    boolean exists() {
        return connection != null;
    }

    void close() {
        StreamConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
