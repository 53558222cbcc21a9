package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.Job;
import io.catalogconnect.localbigquery.store.ReadSession;
import io.catalogconnect.localbigquery.store.ResourceJson;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Log of the jobs that changed data. An entry is committed in the same transaction as the change, so that after a restart the job id is
 * still taken and the job still reports its result. Jobs that only read are not logged.
 */
final class JobLog {

    private final Warehouse warehouse;

    private JobLog(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    static JobLog open(Warehouse warehouse) throws SQLException {
        warehouse.inTransaction(session -> {
            try (Statement statement = session.connection().createStatement()) {
                return statement.execute(
                        "CREATE TABLE IF NOT EXISTS meta.job_log (id VARCHAR PRIMARY KEY, body VARCHAR NOT NULL)");
            }
        });
        return new JobLog(warehouse);
    }

    Optional<Job> find(JobKey key) throws SQLException {
        return warehouse.read(session -> {
            try (PreparedStatement statement =
                    session.connection().prepareStatement("SELECT body FROM meta.job_log WHERE id = ?")) {
                statement.setString(1, key.toString());
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next()
                            ? Optional.of(ResourceJson.parse(rows.getString(1), Job.class))
                            : Optional.<Job>empty();
                }
            }
        });
    }

    /** Adds or replaces a job in the transaction of its change. */
    static void add(ReadSession session, Job job) throws SQLException {
        try (PreparedStatement statement =
                session.connection().prepareStatement("INSERT OR REPLACE INTO meta.job_log VALUES (?, ?)")) {
            statement.setString(1, job.getId());
            statement.setString(2, ResourceJson.toJson(job));
            statement.execute();
        }
    }
}
