package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Rows that are acknowledged and that a fault keeps invisible until a given time. They are durable and stay delayed across a restart. */
final class DelayedRows {
    private final StreamStore ledger;
    private final ConcurrentSkipListSet<Long> dueMicros = new ConcurrentSkipListSet<>();

    private DelayedRows(StreamStore ledger) {
        this.ledger = ledger;
    }

    static DelayedRows open(StreamStore ledger) throws SQLException {
        DelayedRows late = new DelayedRows(ledger);
        late.dueMicros.addAll(ledger.change(change -> load(change.session().connection())));
        return late;
    }

    private static List<Long> load(Connection connection) throws SQLException {
        List<Long> due = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS meta.late(holder VARCHAR NOT NULL, project VARCHAR NOT NULL, dataset VARCHAR NOT NULL,"
                            + " name VARCHAR NOT NULL, due BIGINT NOT NULL)");
            try (ResultSet rows = statement.executeQuery("SELECT due FROM meta.late")) {
                while (rows.next()) {
                    due.add(rows.getLong(1));
                }
            }
        }
        return due;
    }

    /** Stores rows in the transaction of the change. They become visible after the delay. */
    void hold(StreamStore.Change change, StoredTable table, List<@Nullable Object[]> rows, Duration delay)
            throws SQLException {
        String holder = "late/" + UUID.randomUUID();
        long due = Micros.of(ledger.now().plus(delay));
        change.session().hold(table, holder, 0, rows);
        try (PreparedStatement insert =
                change.session().connection().prepareStatement("INSERT INTO meta.late VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, holder);
            insert.setString(2, table.ref().project());
            insert.setString(3, table.ref().dataset());
            insert.setString(4, table.ref().table());
            insert.setLong(5, due);
            insert.executeUpdate();
        }
        dueMicros.add(due);
    }

    /** Makes the rows visible whose delay has passed. */
    void show(Instant now) throws SQLException {
        long until = Micros.of(now);
        if (dueMicros.headSet(until, true).isEmpty()) {
            return;
        }
        ledger.change(change -> {
            Connection connection = change.session().connection();
            for (Held held : due(connection, until)) {
                Optional<StoredTable> table = change.session().catalog().table(held.table());
                if (table.isPresent()) {
                    change.session().release(table.get(), held.holder(), Long.MAX_VALUE);
                }
            }
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM meta.late WHERE due <= ?")) {
                delete.setLong(1, until);
                return delete.executeUpdate();
            }
        });
        dueMicros.headSet(until, true).clear();
    }

    private record Held(String holder, TableRef table) {}

    private static List<Held> due(Connection connection, long until) throws SQLException {
        List<Held> held = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT holder, project, dataset, name FROM meta.late WHERE due <= ? ORDER BY due")) {
            select.setLong(1, until);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    held.add(new Held(
                            rows.getString(1), new TableRef(rows.getString(2), rows.getString(3), rows.getString(4))));
                }
            }
        }
        return held;
    }
}
