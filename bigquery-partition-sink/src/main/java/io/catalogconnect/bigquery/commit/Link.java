package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.Nullable;

/** The connection of a lane to the stream it writes, opened when it is needed. */
final class Link {

    private final WriteStreams streams;
    private @Nullable StreamConnection connection;

    Link(WriteStreams streams) {
        this.streams = streams;
    }

    /** The open connection, or a new one if there is none. */
    StreamConnection to(String stream) {
        StreamConnection open = connection;
        if (open == null || !open.isOpen()) {
            close();
            open = streams.connect(stream);
            connection = open;
        }
        return open;
    }

    /** Whether there is one that still works. */
    boolean isOpen() {
        return connection != null && connection.isOpen();
    }

    /** Whether there is one, working or not. */
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
