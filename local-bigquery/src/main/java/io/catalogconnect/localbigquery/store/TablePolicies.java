package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Policy;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;

/**
 * The IAM policies of tables and views. A policy is kept when its table is renamed or
 * truncated, and ends with it.
 */
public final class TablePolicies {
    /** Entity tag of the policy of a table for which none was set. */
    private static final String NO_POLICY = "ACAB";

    private TablePolicies() {}

    /** The policy of a table; without bindings if none was set. */
    public static Policy find(ReadSession session, StoredTable table) throws SQLException {
        try (PreparedStatement query =
                session.connection().prepareStatement("SELECT body FROM meta.policies WHERE physical = ?")) {
            query.setString(1, table.physicalName());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? ResourceJson.parse(rows.getString(1), Policy.class)
                        : new Policy().setEtag(NO_POLICY);
            }
        }
    }

    /** Replaces the policy of a table, and returns it with its new entity tag. Removes the policies of tables that were dropped. */
    public static Policy put(WriteSession session, StoredTable table, Policy policy) throws SQLException {
        Connection connection = session.connection();
        byte[] number = ByteBuffer.allocate(Long.BYTES)
                .putLong(SystemTables.nextNumber(connection))
                .array();
        Policy stored = ResourceJson.copy(policy).setEtag(Base64.getEncoder().encodeToString(number));
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM meta.policies WHERE physical = ?"
                + " OR physical NOT IN (SELECT physical FROM meta.tables)")) {
            delete.setString(1, table.physicalName());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO meta.policies VALUES (?, ?)")) {
            insert.setString(1, table.physicalName());
            insert.setString(2, ResourceJson.toJson(stored));
            insert.executeUpdate();
        }
        return stored;
    }
}
