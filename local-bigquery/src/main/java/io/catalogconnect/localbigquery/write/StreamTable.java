package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the rows of {@code meta.streams}. */
final class StreamTable {
    private StreamTable() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS meta.streams(name VARCHAR NOT NULL, physical VARCHAR NOT NULL, type VARCHAR NOT NULL,"
                            + " end_offset BIGINT NOT NULL, flushed BIGINT NOT NULL, finalized BOOLEAN NOT NULL, created BIGINT NOT NULL,"
                            + " committed BIGINT, used BIGINT NOT NULL)");
        }
    }

    static Map<StreamName, StreamState> load(Connection connection) throws SQLException {
        Map<StreamName, StreamState> streams = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name, physical, type, end_offset, flushed, finalized, created, committed, used FROM meta.streams")) {
            while (rows.next()) {
                long committed = rows.getLong(8);
                boolean isCommitted = !rows.wasNull();
                StreamState state = new StreamState(
                        StreamName.parse(rows.getString(1)),
                        rows.getString(2),
                        WriteStream.Type.valueOf(rows.getString(3)),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getBoolean(6),
                        Micros.toInstant(rows.getLong(7)),
                        isCommitted ? Optional.of(Micros.toInstant(committed)) : Optional.empty(),
                        Micros.toInstant(rows.getLong(9)));
                streams.put(state.name(), state);
            }
        }
        return streams;
    }

    static void insert(Connection connection, StreamState state) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO meta.streams VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, state.name().toString());
            insert.setString(2, state.physicalTable());
            insert.setString(3, state.type().name());
            insert.setLong(4, state.end());
            insert.setLong(5, state.flushed());
            insert.setBoolean(6, state.finalized());
            insert.setLong(7, Micros.of(state.created()));
            insert.setObject(8, state.committed().map(Micros::of).orElse(null));
            insert.setLong(9, Micros.of(state.used()));
            insert.executeUpdate();
        }
    }

    static void update(Connection connection, StreamState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE meta.streams SET end_offset = ?, flushed = ?, finalized = ?, committed = ?, used = ? WHERE name = ?")) {
            update.setLong(1, state.end());
            update.setLong(2, state.flushed());
            update.setBoolean(3, state.finalized());
            update.setObject(4, state.committed().map(Micros::of).orElse(null));
            update.setLong(5, Micros.of(state.used()));
            update.setString(6, state.name().toString());
            if (update.executeUpdate() != 1) {
                throw new SQLException("Stream " + state.name() + " is not in meta.streams");
            }
        }
    }

    static void delete(Connection connection, StreamName name) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM meta.streams WHERE name = ?")) {
            delete.setString(1, name.toString());
            delete.executeUpdate();
        }
    }
}
