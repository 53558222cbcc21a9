package io.catalogconnect.localbigquery.job;

import java.sql.SQLException;

/** The work of a job. */
@FunctionalInterface
interface JobWork {
    JobOutcome run(RunningJob job) throws SQLException;
}
