package io.catalogconnect.localbigquery.job;

import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.store.ReadSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Estimates the bytes that a statement reads, as BigQuery counts them: the used columns in the partitions that its conditions select. */
final class PruningEstimate {

    private PruningEstimate() {}

    static long bytes(ReadSession session, StatementPlan plan) throws SQLException {
        long bytes = 0;
        try (Statement statement = session.connection().createStatement()) {
            for (TableRead scan : PartitionFilterRule.scans(plan)) {
                if (scan.columns().isEmpty()) {
                    continue;
                }
                try (ResultSet rows = statement.executeQuery(scan.bytesSql())) {
                    rows.next();
                    bytes += rows.getLong(1);
                }
            }
        }
        return bytes;
    }
}
