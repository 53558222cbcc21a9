package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobReference;

/** The full name of a job. */
public record JobKey(String project, String location, String id) {

    JobReference toReference() {
        return new JobReference().setProjectId(project).setLocation(location).setJobId(id);
    }

    /** The form in error messages: {@code p:US.id}. */
    @Override
    public String toString() {
        return project + ":" + location + "." + id;
    }
}
