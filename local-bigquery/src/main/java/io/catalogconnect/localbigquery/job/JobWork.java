package io.catalogconnect.localbigquery.job;

import java.sql.SQLException;

/** What a job does. */
@FunctionalInterface
interface JobWork {
    JobOutcome run(RunningJob job) throws SQLException;
}
